package org.patchbay.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

class EnvelopeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"topic\":\"org.example/one/things/twin/commands/modify\",\"headers\":{\"correlation-id\":\"c\","
                        + "\"response-required\":false,\"requested-acks\":[\"a\"],\"entity-revision\":3},"
                        + "\"path\":\"/attributes/x\",\"value\":42}",
                "{\"topic\":\"org.example/one/things/twin/events/modified\",\"headers\":{},\"path\":\"/\","
                        + "\"value\":{\"a\":null},\"extra\":{\"b\":1},\"revision\":7,\"timestamp\":\"2026-01-02T03:04:05Z\"}",
                "{\"topic\":\"org.example/one/things/twin/commands/retrieve\",\"headers\":{},\"path\":\"/\",\"fields\":\"a,b\"}",
                "{\"topic\":\"org.example/one/things/twin/errors\",\"headers\":{},\"path\":\"/\",\"value\":{},\"status\":404}",
                "{\"topic\":\"_/one/things/live/messages/some/deep\",\"headers\":{},\"path\":\"/inbox/messages/some~1deep\",\"value\":null}",
            })
    void writes_what_it_read(String json) {
        assertThat(Envelope.write(Envelope.read(Json.parse(json)))).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | json.invalid",
                "{\"path\":\"/\"} | json.field.missing",
                "{\"topic\":1,\"path\":\"/\"} | json.invalid",
                "{\"topic\":\"a/b/things/twin/commands/modify\"} | json.field.missing",
                "{\"topic\":\"a/b\",\"path\":\"/\"} | protocoladapter:unknown.topicpath",
                "{\"topic\":\"a/b/things/sideways/commands/modify\",\"path\":\"/\"} | protocoladapter:unknown.topicpath",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\"/\",\"headers\":[]} | json.invalid",
            })
    void names_what_is_wrong(String json, String code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Envelope.read(Json.parse(json)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    @Test
    void ignores_what_follows_the_action_of_a_command() {
        TopicPath topic = TopicPath.parse("a/b/things/twin/commands/modify/more");
        assertThat(topic)
                .isEqualTo(
                        new TopicPath(
                                "a",
                                "b",
                                Group.THINGS,
                                Channel.TWIN,
                                Criterion.COMMANDS,
                                "modify"));
    }

    @Test
    void keeps_headers_whatever_their_case() {
        Headers headers = Headers.EMPTY.with("Correlation-Id", "a").with("correlation-id", "b");
        assertThat(headers.asMap()).containsOnly(java.util.Map.entry("correlation-id", "b"));
    }
}
