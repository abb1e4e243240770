package org.patchbay.connectivity.mapping.mappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchbay.connectivity.mapping.MapperFixtures.mapper;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;

class UpdateTwinWithLiveResponseMapperTest {

    private static final String ANSWER =
            """
            {"topic": "a.b/c/things/live/commands/retrieve", "headers": {"correlation-id": "lr"},
             "path": "/attributes/x", "value": 78, "status": 200}
            """;

    private final PayloadMapper mapper = mapper("UpdateTwinWithLiveResponse", options());

    @Test
    void merges_what_was_retrieved_live_into_the_twin() {
        Signal merge = mapper.inbound(message(ANSWER)).getFirst();

        assertThat(merge.topic()).hasToString("a.b/c/things/twin/commands/merge");
        assertThat(merge.path()).hasToString("/attributes/x");
        assertThat(merge.value()).hasToString("78");
        assertThat(merge.headers().asMap())
                .containsEntry("correlation-id", "lr-merge-into-twin")
                .containsEntry("content-type", "application/merge-patch+json")
                .containsEntry("if-match", "*")
                .containsEntry("response-required", "false");
    }

    @Test
    void headers_of_the_merge_may_be_given() {
        PayloadMapper own =
                mapper(
                        "UpdateTwinWithLiveResponse",
                        (ObjectNode)
                                Json.parse(
                                        """
                                        {"dittoHeadersForMerge": {"condition": "gt(attributes/x,1)", "h": "{{ header:hint | fn:default('none') }}",
                                         "put-metadata": [{"key": "*/by", "value": "{{ time:now }}"}]}}
                                        """));

        Signal merge = own.inbound(message(ANSWER)).getFirst();

        assertThat(merge.headers().asMap())
                .containsEntry("condition", "gt(attributes/x,1)")
                .containsEntry("h", "none")
                .doesNotContainKey("if-match");
        assertThat(merge.headers().get("put-metadata")).contains("*/by").doesNotContain("{{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{\"topic\": \"a.b/c/things/live/commands/retrieve\", \"path\": \"/\"}",
                "{\"topic\": \"a.b/c/things/live/commands/retrieve\", \"path\": \"/\", \"value\": {}, \"status\": 404}",
                "{\"topic\": \"a.b/c/things/twin/commands/retrieve\", \"path\": \"/\", \"value\": {}, \"status\": 200}",
                "{\"topic\": \"a.b/c/things/live/commands/modify\", \"path\": \"/\", \"value\": {}, \"status\": 200}"
            })
    void anything_else_is_left_to_other_mappers(String payload) {
        assertThat(mapper.inbound(message(payload))).isEmpty();
    }

    @Test
    void a_placeholder_without_a_value_is_an_error() {
        PayloadMapper own =
                mapper(
                        "UpdateTwinWithLiveResponse",
                        (ObjectNode)
                                Json.parse(
                                        "{\"dittoHeadersForMerge\": {\"h\": \"{{ header:hint }}\"}}"));

        assertThatThrownBy(() -> own.inbound(message(ANSWER))).isInstanceOf(ProblemException.class);
    }
}
