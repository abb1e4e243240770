package org.patchbay.gateway.twins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

class MessagePayloadTest {

    @ParameterizedTest
    @CsvSource({
        "application/json,              '{\"a\":1}', '{\"a\":1}'",
        "application/vnd.x+json,        '[1]',       '[1]'",
        "text/plain,                    '{',         '\"{\"'",
        "text/plain; charset=UTF-8,     'grün',      '\"grün\"'",
        "application/octet-stream,      'abc',       '\"YWJj\"'",
        "'',                            'abc',       '\"YWJj\"'"
    })
    void stands_in_a_signal_as_its_content_type_asks(String type, String body, String value) {
        assertThat(MessagePayload.value(type, ByteString.fromString(body))).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,          '{\"a\":1}'",
        "text/plain; charset=UTF-8, 'grün'",
        "application/octet-stream,  'abc'"
    })
    void comes_out_of_a_signal_as_it_went_in(String type, String body) throws Exception {
        JsonNode value = MessagePayload.value(type, ByteString.fromString(body));
        Signal response =
                Signal.command(
                                TopicPath.parse("org.acme/t/things/live/messages/hello"),
                                JsonPointer.of("inbox", "messages", "hello"),
                                Headers.EMPTY,
                                null)
                        .respond(200, Headers.of(Map.of("content-type", type)), value);

        HttpResponse answer = MessagePayload.answer(200, response);

        HttpEntity.Strict entity = (HttpEntity.Strict) answer.entity();
        assertThat(entity.getData().decodeString(StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(entity.getContentType().toString()).isEqualTo(type);
    }

    @Test
    void json_that_is_none_is_refused() {
        assertThatThrownBy(
                        () -> MessagePayload.value("application/json", ByteString.fromString("{")))
                .isInstanceOf(ProblemException.class);
    }
}
