package org.patchbay.connectivity.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.mapping.MappingConfig;
import org.patchbay.connectivity.model.json.MappingTestJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.MappingTested;
import org.patchbay.protocol.json.Json;

class MappingTrialTest {

    private static final String EVENT =
            """
            {"topic": "org.acme/lamp/things/twin/events/modified", "path": "/attributes/on",
             "headers": {"correlation-id": "c-1"}, "value": true, "revision": 7}
            """;

    private final MappingTrial trial =
            new MappingTrial(new Mappers(MappingConfig.of(ConfigFactory.load())), Runnable::run);

    @Test
    void an_incoming_message_becomes_what_the_script_makes_of_it() {
        JsonNode json =
                ok(
                        incoming(
                                """
                                return Ditto.buildDittoProtocolMsg('org.acme', headers['device'],
                                    'things', 'twin', 'commands', 'modify', '/attributes/t', {},
                                    JSON.parse(textPayload).t);
                                """,
                                """
                                {"headers": {"device": "lamp"}, "contentType": "application/json",
                                 "textPayload": "{\\"t\\": 23}"}
                                """));

        assertThat(json.get("dropped").booleanValue()).isFalse();
        assertThat(json.at("/results/0/topic").textValue())
                .isEqualTo("org.acme/lamp/things/twin/commands/modify");
        assertThat(json.at("/results/0/value").intValue()).isEqualTo(23);
        assertThat(json.get("direction").textValue()).isEqualTo("incoming");
        assertThat(json.get("durationMs").isNumber()).isTrue();
        assertThat(json.get("preparationMs").isNumber()).isTrue();
    }

    @Test
    void bytes_are_base64_on_their_way_in_and_out() {
        JsonNode in =
                ok(
                        incoming(
                                """
                                return Ditto.buildDittoProtocolMsg('a', 'b', 'things', 'twin',
                                    'commands', 'modify', '/', {}, new Uint8Array(bytePayload).length);
                                """,
                                "{\"bytePayload\": \"AAECAw==\"}"));
        JsonNode out =
                ok(
                        outgoing(
                                """
                                return Ditto.buildExternalMsg({}, null, new Uint8Array([0, 255]).buffer,
                                    'application/octet-stream');
                                """));

        assertThat(in.at("/results/0/value").intValue()).isEqualTo(4);
        assertThat(out.at("/results/0/bytePayload").textValue()).isEqualTo("AP8=");
        assertThat(out.at("/results/0").has("textPayload")).isFalse();
    }

    @Test
    void a_signal_becomes_what_the_script_makes_of_it() {
        JsonNode json =
                ok(
                        outgoing(
                                "return Ditto.buildExternalMsg({'a': action}, name + ' ' + value, null, 'text/plain');"));

        assertThat(json.get("results"))
                .hasToString(
                        "[{\"headers\":{\"a\":\"modified\",\"content-type\":\"text/plain\"},"
                                + "\"contentType\":\"text/plain\",\"textPayload\":\"lamp true\"}]");
    }

    @Test
    void the_payload_of_a_mapper_that_writes_json_is_shown_as_text_too() {
        JsonNode json =
                ok(
                        "{\"mappingDefinition\": {\"mappingEngine\": \"Ditto\"}, \"direction\": \"outgoing\", \"message\": %s}"
                                .formatted(EVENT));

        JsonNode written = Json.parse(json.at("/results/0/textPayload").textValue());
        assertThat(written.get("path").textValue()).isEqualTo("/attributes/on");
    }

    @Test
    void a_message_that_is_dropped_says_so() {
        JsonNode json = ok(incoming("return null;", "{\"textPayload\": \"x\"}"));

        assertThat(json.get("dropped").booleanValue()).isTrue();
        assertThat(json.get("reason").textValue()).contains("nothing");
        assertThat(json.get("results")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, true, false", "0, false, true"})
    void conditions_are_told_one_by_one(String qos, boolean holds, boolean dropped) {
        JsonNode json =
                ok(
                        """
                        {"mappingDefinition": {
                           "mappingEngine": "JavaScript",
                           "options": {"incomingScript": "%s"},
                           "incomingConditions": {
                             "always": "fn:default('x')",
                             "wanted": "fn:filter(header:qos,'ne','0')"}},
                         "direction": "incoming",
                         "message": {"headers": {"qos": "%s"}, "textPayload": "x"}}
                        """
                                .formatted(
                                        "function mapToDittoProtocolMsg() { return Ditto.buildDittoProtocolMsg('a', 'b', 'things', 'twin', 'commands', 'delete', '/', {}); }",
                                        qos));

        assertThat(json.at("/conditions/0").toString())
                .isEqualTo(
                        "{\"name\":\"always\",\"condition\":\"fn:default('x')\",\"holds\":true}");
        assertThat(json.at("/conditions/1/holds").booleanValue()).isEqualTo(holds);
        assertThat(json.get("dropped").booleanValue()).isEqualTo(dropped);
        assertThat(json.path("reason").asText().contains("wanted")).isEqualTo(dropped);
    }

    @Test
    void a_content_type_that_is_not_mapped_is_the_reason() {
        JsonNode json =
                ok(
                        """
                        {"mappingDefinition": {"mappingEngine": "Ditto",
                           "options": {"content-type-blocklist": "text/plain"}},
                         "direction": "incoming", "message": {"contentType": "text/plain"}}
                        """);

        assertThat(json.get("reason").textValue()).contains("text/plain");
    }

    @Test
    void a_script_that_does_not_compile_is_told_with_line_and_column() {
        JsonNode json = failed(incoming("let a = 1;\n  let b = = 2;", "{}"), 400).get("details");

        assertThat(json.get("script").textValue()).isEqualTo("incomingScript");
        assertThat(json.get("line").intValue()).isEqualTo(3);
        assertThat(json.get("column").intValue()).isPositive();
    }

    @Test
    void a_script_that_throws_is_told_with_its_line() {
        JsonNode json = failed(incoming("\n\nthrow new Error('no');", "{}"), 400);

        assertThat(json.get("error").textValue()).isEqualTo("connectivity:message.mapping.failed");
        assertThat(json.get("description").textValue()).contains("no");
        assertThat(json.at("/details/line").intValue()).isEqualTo(4);
        assertThat(json.at("/details/durationMs").isNumber()).isTrue();
    }

    @Test
    void a_script_that_does_not_end_is_told_with_the_line_where_it_was() {
        JsonNode json = failed(incoming("let a = 1;\nwhile (true) {}", "{}"), 400);

        assertThat(json.get("description").textValue()).contains("500 ms");
        assertThat(json.at("/details/script").textValue()).isEqualTo("incomingScript");
        assertThat(json.at("/details/line").intValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "(function f() { f(); })();",
                "let a = []; while (true) a.push(new Array(1000).fill(0));",
                "'x'.repeat(1e9);",
                "/(a+)+$/.test('a'.repeat(40) + '!');",
                "for (let s = 'x';;) s += s;",
                "throw new Proxy({}, {get() { while (true) {} }});",
            })
    void hostile_scripts_are_cut_off_with_an_error_of_the_sender(String body) {
        failed(incoming(body, "{\"textPayload\": \"x\"}"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"while (true) {}", "let a = '"})
    void so_are_those_that_are_hostile_when_they_are_loaded(String script) {
        failed(definition("{\"incomingScript\": \"" + script + "\"}", "{}"), 400);
    }

    @Test
    void a_script_nested_beyond_reason_is_refused() {
        failed(definition("{\"incomingScript\": \"" + "(".repeat(40_000) + "\"}", "{}"), 400);
    }

    @Test
    void results_too_large_to_be_shown_are_refused() {
        JsonNode json =
                failed(
                        outgoing(
                                "return Ditto.buildExternalMsg({}, 'x'.repeat(900000), null, 'text/plain');"),
                        400);

        assertThat(json.get("description").textValue()).contains("524288");
    }

    @Test
    void an_engine_that_is_not_known_is_refused() {
        JsonNode json =
                failed(
                        "{\"mappingDefinition\": {\"mappingEngine\": \"Foo\"}, \"direction\": \"incoming\", \"message\": {}}",
                        400);

        assertThat(json.get("error").textValue())
                .isEqualTo("connectivity:connection.configuration.invalid");
        assertThat(json.get("description").textValue()).contains("JavaScript");
    }

    private static String incoming(String body, String message) {
        String script =
                "function mapToDittoProtocolMsg(headers, textPayload, bytePayload) {\n"
                        + body
                        + "\n}";
        return definition("{\"incomingScript\": " + text(script) + "}", message);
    }

    private static String definition(String options, String message) {
        return "{\"mappingDefinition\": {\"mappingEngine\": \"JavaScript\", \"options\": %s}, \"direction\": \"incoming\", \"message\": %s}"
                .formatted(options, message);
    }

    private static String outgoing(String body) {
        String script =
                "function mapFromDittoProtocolMsg(namespace, name, group, channel, criterion, action, path, headers, value) {\n"
                        + body
                        + "\n}";
        return "{\"mappingDefinition\": {\"mappingEngine\": \"JavaScript\", \"options\": {\"outgoingScript\": %s}}, \"direction\": \"outgoing\", \"message\": %s}"
                .formatted(text(script), EVENT);
    }

    private static String text(String text) {
        return Json.write(com.fasterxml.jackson.databind.node.TextNode.valueOf(text));
    }

    private ObjectNode ok(String test) {
        MappingTested tested = run(test);
        assertThat(tested.status()).as(tested.json().toString()).isEqualTo(200);
        return tested.json();
    }

    private ObjectNode failed(String test, int status) {
        MappingTested tested = run(test);
        assertThat(tested.status()).as(tested.json().toString()).isEqualTo(status);
        assertThat(tested.json().get("status").intValue()).isEqualTo(status);
        return tested.json();
    }

    private MappingTested run(String test) {
        return trial.of(MappingTestJson.read(Json.parse(test))).toCompletableFuture().join();
    }
}
