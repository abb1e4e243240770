package org.patchbay.connectivity.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.patchbay.connectivity.mapping.MapperFixtures.config;
import static org.patchbay.connectivity.mapping.MapperFixtures.event;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;
import static org.patchbay.connectivity.mapping.MapperFixtures.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;

class MappersTest {

    private static final String MODIFY =
            "{\"topic\":\"org.example/dev/things/twin/commands/modify\","
                    + "\"headers\":{\"correlation-id\":\"c-1\",\"response-required\":false},"
                    + "\"path\":\"/attributes/x\",\"value\":{\"a\":[1,2.50,null]}}";

    private final Mappers mappers = new Mappers(config());

    private static MappingDefinition definition(String engine, ObjectNode options) {
        return new MappingDefinition(engine, options, Map.of(), Map.of());
    }

    private PayloadMapper only(MappingDefinition definition) {
        return mappers.compile(Map.of("m", definition), List.of("m")).getFirst();
    }

    @Test
    void maps_ditto_protocol_where_no_mapper_is_named() {
        PayloadMapper mapper = mappers.compile(Map.of(), List.of()).getFirst();

        assertThat(mapper.inbound(message(MODIFY)))
                .containsExactly(Envelope.read(Json.parse(MODIFY)));
    }

    @Test
    void writes_what_it_reads() {
        PayloadMapper mapper = mappers.compile(Map.of(), List.of("Ditto")).getFirst();
        Signal signal =
                Envelope.read(
                        Json.parse(
                                MODIFY.replace(
                                        "c-1\"", "c-1\",\"content-type\":\"application/json\"")));

        ExternalMessage external = mapper.outbound(signal).getFirst();

        assertThat(external.headers().asMap())
                .isEqualTo(
                        Map.of(
                                "content-type", "application/vnd.eclipse.ditto+json",
                                "correlation-id", "c-1"));
        assertThat(mapper.inbound(external)).containsExactly(signal);
    }

    @Test
    void gives_what_leaves_a_content_type_where_it_has_content() {
        PayloadMapper mapper = mappers.compile(Map.of(), List.of()).getFirst();

        assertThat(text(mapper.outbound(event("modified", "/attributes/x", "1")).getFirst()))
                .contains("\"content-type\":\"application/json\"");
        assertThat(text(mapper.outbound(event("merged", "/attributes/x", "1")).getFirst()))
                .contains("\"content-type\":\"application/merge-patch+json\"");
        assertThat(text(mapper.outbound(event("deleted", "/attributes/x", null)).getFirst()))
                .doesNotContain("content-type");
    }

    @Test
    void keeps_the_problem_of_a_payload_that_is_no_ditto_protocol() {
        PayloadMapper mapper = mappers.compile(Map.of(), List.of()).getFirst();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("not json")))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("json.invalid"));
    }

    @Test
    void keeps_the_headers_of_a_message_whose_topic_is_wrong() {
        PayloadMapper mapper = mappers.compile(Map.of(), List.of()).getFirst();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message(MODIFY.replace("commands", "wishes"))))
                .satisfies(e -> assertThat(e.headers().correlationId()).isEqualTo("c-1"));
    }

    @Test
    void skips_content_types_that_carry_nothing() {
        PayloadMapper mapper = mappers.compile(Map.of(), List.of()).getFirst();
        String empty = "application/vnd.eclipse-hono-empty-notification";

        assertThat(mapper.inbound(message(new byte[0], Map.of("content-type", empty)))).isEmpty();
    }

    @Test
    void skips_the_content_types_that_its_options_name() {
        PayloadMapper mapper =
                only(definition("Ditto", options("content-type-blocklist", "a/b, text/plain")));

        assertThat(mapper.inbound(message("x".getBytes(), Map.of("content-type", "text/plain"))))
                .isEmpty();
    }

    @Test
    void maps_only_where_all_its_conditions_hold() {
        PayloadMapper mapper =
                only(
                        new MappingDefinition(
                                "Ditto",
                                options(),
                                Map.of(
                                        "a", "fn:filter(header:k,'exists','true')",
                                        "b", "fn:filter(header:k,'ne','no')"),
                                Map.of("c", "fn:filter(topic:action,'eq','created')")));

        assertThat(mapper.inbound(message(MODIFY.getBytes(), Map.of("k", "yes")))).hasSize(1);
        assertThat(mapper.inbound(message(MODIFY.getBytes(), Map.of("k", "no")))).isEmpty();
        assertThat(mapper.inbound(message(MODIFY.getBytes(), Map.of()))).isEmpty();
        assertThat(mapper.outbound(event("created", "/attributes/x", "1"))).hasSize(1);
        assertThat(mapper.outbound(event("modified", "/attributes/x", "1"))).isEmpty();
    }

    @Test
    void prefers_a_definition_to_an_engine_of_the_same_name() {
        Map<String, MappingDefinition> definitions =
                Map.of("Ditto", definition("Normalized", options()));

        PayloadMapper mapper = mappers.compile(definitions, List.of("Ditto")).getFirst();

        assertThat(mapper.inbound(message(MODIFY))).isEmpty();
    }

    @Test
    void refuses_ids_and_engines_that_do_not_exist() {
        assertInvalid(Map.of(), List.of("nope"), "'nope'");
        assertInvalid(Map.of("m", definition("Foo", options())), List.of("m"), "'Foo'");
    }

    @Test
    void refuses_scripts_that_can_not_be_read_with_line_and_column() {
        MappingDefinition definition =
                definition("JavaScript", options("incomingScript", "var a = 1;\nfunction f( {"));

        assertInvalid(Map.of("m", definition), List.of("m"), "line 2, column 13");
    }

    @Test
    void refuses_scripts_that_fail_when_they_are_loaded() {
        MappingDefinition definition =
                definition("JavaScript", options("outgoingScript", "\nthrow new Error('mine');"));

        assertInvalid(Map.of("m", definition), List.of("m"), "line 2");
    }

    @Test
    void refuses_scripts_that_are_too_long() {
        String script = "/*" + "x".repeat(50_000) + "*/";

        assertInvalid(
                Map.of("m", definition("JavaScript", options("incomingScript", script))),
                List.of("m"),
                "50004");
    }

    @Test
    void refuses_fields_that_can_not_be_read() {
        assertInvalid(
                Map.of("m", definition("Normalized", options("fields", "a("))), List.of("m"), "a(");
    }

    private void assertInvalid(
            Map<String, MappingDefinition> definitions, List<String> ids, String named) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mappers.compile(definitions, ids))
                .satisfies(e -> {
                    assertThat(e.problem().status()).isEqualTo(400);
                    assertThat(e.problem().code())
                            .isEqualTo("connectivity:connection.configuration.invalid");
                    assertThat(e.problem().message()).contains(named);
                });
    }
}
