package org.patchbay.things.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class RequestPlaceholdersTest {

    private static RequestPlaceholders sentBy(String... subjects) {
        Signal signal =
                Signal.command(
                        TopicPath.parse("a.b/c/things/twin/commands/create"),
                        JsonPointer.ROOT,
                        Headers.EMPTY,
                        Json.parse("{}"));
        return RequestPlaceholders.of(
                new SignalRequest(signal, new AuthorizationContext(List.of(subjects)), null, null),
                InstantSource.fixed(Instant.parse("2026-03-05T10:11:12Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "{\"subjects\":{\"{{ request:subjectId }}\":{}}} ! {\"subjects\":{\"nginx:a\":{}}}",
                "{\"by\":[\"{{request:subjectId}}\",1]} ! {\"by\":[\"nginx:a\",1]}",
                "{\"at\":\"{{ time:now }}\"} ! {\"at\":\"2026-03-05T10:11:12Z\"}",
                "\"{{ time:now-1d[d] }} {{ request:subjectId | fn:upper() }}\" ! \"2026-03-04T00:00:00Z NGINX:A\"",
            })
    void who_sent_a_command_and_when_is_filled_in(String value, String expected) {
        assertThat(sentBy("nginx:a", "nginx:b").fillIn(Json.parse(value))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"template\":\"{{ thing:id }} of {{ time:now }}\"}",
                "{\"{{ ~2026-.*~ }}\":null}",
                "\"{{ ref:things/a.b:c/policyId }}\"",
                "[\"{{\",\"}}\",\"{{ }}\",\"{{ time:later }}\",7,null]"
            })
    void what_means_something_else_is_kept(String json) {
        JsonNode value = Json.parse(json);

        assertThat(sentBy("nginx:a").fillIn(value)).isSameAs(value);
    }

    @Test
    void nobody_has_no_name() {
        JsonNode value = Json.parse("\"{{ request:subjectId }}\"");

        assertThat(sentBy().fillIn(value)).isSameAs(value);
    }
}
