package org.patchbay.connectivity.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.model.BadInput;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.Samples;
import org.patchbay.connectivity.model.Target.Topic;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Stored;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

class ConnectionJsonTest {

    @Test
    void defaults_are_written_out() {
        Connection connection = ConnectionJson.read(Samples.mqtt(), "an-id");

        assertThat(ConnectionJson.write(connection))
                .isEqualTo(
                        Json.parse(
                                """
                                {"id": "an-id", "name": "sample", "connectionType": "mqtt",
                                 "connectionStatus": "open", "uri": "tcp://127.0.0.1:1883",
                                 "sources": [{"addresses": ["in/#"], "consumerCount": 1, "qos": 0,
                                   "authorizationContext": ["nginx:ditto"], "headerMapping": {},
                                   "replyTarget": {"address": "{{header:reply-to}}", "headerMapping": {},
                                     "expectedResponseTypes": ["response", "error"], "enabled": true}}],
                                 "targets": [{"address": "out/{{ thing:id }}",
                                   "topics": ["_/_/things/twin/events"], "qos": 0,
                                   "authorizationContext": ["nginx:ditto"], "headerMapping": {}}],
                                 "clientCount": 1, "failoverEnabled": true, "validateCertificates": true,
                                 "processorPoolSize": 1, "tags": []}
                                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt-5", "amqp-10", "amqp-091", "kafka", "hono"})
    void types_with_headers_map_the_usual_ones(String type) {
        ObjectNode json = Samples.mqttWith("/connectionType", '"' + type + '"');

        ObjectNode source =
                (ObjectNode) ConnectionJson.write(ConnectionJson.read(json, "id")).at("/sources/0");

        assertThat(source.at("/headerMapping"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"reply-to": "{{header:reply-to}}",
                                 "content-type": "{{header:content-type}}",
                                 "correlation-id": "{{header:correlation-id}}"}
                                """));
        assertThat(source.at("/replyTarget/headerMapping"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"content-type": "{{header:content-type}}",
                                 "correlation-id": "{{header:correlation-id}}"}
                                """));
    }

    @Test
    void the_mapping_of_the_old_form_becomes_a_definition_that_all_without_one_use() {
        ObjectNode json =
                Samples.mqttWith("/mappingContext", "{\"mappingEngine\": \"JavaScript\"}");
        Samples.with(json, "/targets/0/payloadMapping", "[\"Ditto\"]");

        Connection connection = ConnectionJson.read(json, "id");

        assertThat(connection.mappingDefinitions()).containsOnlyKeys("javascript");
        assertThat(connection.sources().getFirst().payloadMapping()).containsExactly("javascript");
        assertThat(connection.targets().getFirst().payloadMapping()).containsExactly("Ditto");
    }

    @Test
    void only_a_new_connection_may_leave_its_status_open() {
        JsonNode json = Samples.mqttWith("/connectionStatus", "null");

        assertThat(ConnectionJson.readNew(json, "id").status()).isEqualTo(ConnectionStatus.UNKNOWN);
        assertThat(problemOf(json).code()).isEqualTo("json.field.missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /connectionType    | null             | json.field.missing                    | /connectionType
                    /connectionType    | "carrier-pigeon" | json.invalid                          | /connectionType
                    /connectionStatus  | "misconfigured"  | json.invalid                          | /connectionStatus
                    /uri               | null             | json.field.missing                    | /uri
                    /uri               | "tcp://"         | connectivity:connection.uri.invalid   | /uri
                    /uri               | "tcp://h"        | connectivity:connection.uri.invalid   | /uri
                    /uri               | "tcp://h:x"      | connectivity:connection.uri.invalid   | /uri
                    /uri               | "no uri"         | connectivity:connection.uri.invalid   | /uri
                    /sources           | {}               | json.format.invalid                   | /sources
                    /sources/0/qos     | "1"              | json.format.invalid                   | /sources/0/qos
                    /targets/0/address | null             | json.field.missing                    | /targets/0/address
                    /targets/0/topics  | ["_/_/foo"]      | connectivity:topic.invalid            | /targets/0/topics/0
                    /targets/0/topics  | ["_/_/things/twin/events?filter=%zz"] | connectivity:topic.invalid | /targets/0/topics/0
                    /credentials       | {"type": "foo"}  | json.invalid                          | /credentials/type
                    /credentials       | {"type": "plain", "username": "u"} | json.field.missing  | /credentials/password
                    /clientCount       | 1.5              | json.format.invalid                   | /clientCount
                    """)
    void what_cannot_be_read_is_named(String pointer, String value, String code, String at) {
        Problem problem = problemOf(Samples.mqttWith(pointer, value));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.message()).startsWith(at + ": ");
    }

    @Test
    void all_that_is_wrong_is_named_at_once() {
        Problem problem =
                problemOf(
                        Json.parse("{\"connectionType\": \"mqtt\", \"tags\": [1], \"ca\": true}"));

        assertThat(problem.description())
                .contains("/connectionStatus: ", "/uri: ", "/tags/0: ", "/ca: ");
    }

    @Test
    void what_else_is_wrong_is_told_beside_what_cannot_be_read() {
        ObjectNode json = Samples.mqttWith("/uri", "\"no uri\"");
        Samples.with(json, "/sources/0/qos", "7");
        Samples.with(json, "/targets/0/authorizationContext", "null");
        Samples.with(json, "/specificConfig", "{\"cleanSession\": \"perhaps\"}");

        Problem problem = problemOf(json);

        assertThat(problem.code()).isEqualTo("connectivity:connection.uri.invalid");
        assertThat(problem.description().lines())
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactly(
                        "/uri",
                        "/sources/0/qos",
                        "/targets/0/authorizationContext",
                        "/specificConfig/cleanSession");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /uri                 | "no uri"
                    /targets             | 7
                    /sources             | "none"
                    /sources/0/addresses | {}
                    /targets/0/address   | 7
                    /connectionType      | "carrier-pigeon"
                    """)
    void what_follows_from_another_mistake_is_not_told(String pointer, String value) {
        ObjectNode json = Samples.mqttWith(pointer, value);
        if (!pointer.startsWith("/sources")) {
            Samples.with(json, "/sources", "[]");
        }

        Problem problem = problemOf(json);

        assertThat(problem.message()).startsWith(pointer + ": ");
        assertThat(problem.description()).doesNotContain("\n");
    }

    @Test
    void a_single_text_stands_for_a_list_of_one_where_it_once_could() {
        ObjectNode json = Samples.mqttWith("/sources/0/payloadMapping", "\"Ditto\"");
        Samples.with(json, "/targets/0/topics", "\"_/_/things/twin/events?namespaces=a,b\"");

        Connection connection = ConnectionJson.read(json, "id");

        assertThat(connection.sources().getFirst().payloadMapping()).containsExactly("Ditto");
        assertThat(connection.targets().getFirst().topics())
                .extracting(Topic::text)
                .containsExactly("_/_/things/twin/events?namespaces=a,b");
    }

    @Test
    void what_stands_twice_in_a_list_is_kept_once_and_the_order_stays() {
        ObjectNode json = Samples.mqttWith("/tags", "[\"b\", \"a\", \"b\"]");
        Samples.with(json, "/sources/0/addresses", "[\"z\", \"y\", \"z\", \"a\"]");

        Connection connection = ConnectionJson.read(json, "id");

        assertThat(connection.tags()).containsExactly("b", "a");
        assertThat(connection.sources().getFirst().addresses()).containsExactly("z", "y", "a");
    }

    @Test
    void special_fields_stand_after_the_others() {
        Instant created = Instant.parse("2026-01-02T03:04:05Z");
        Connection connection = ConnectionJson.read(Samples.mqtt(), "id");

        ObjectNode json =
                ConnectionJson.showWithSpecialFields(
                        new Stored(connection, 7, created, created.plusSeconds(1), false));

        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names).endsWith("tags", "_revision", "_created", "_modified", "__lifecycle");
        assertThat(json.get("_revision").longValue()).isEqualTo(7);
    }

    @Test
    void no_secret_shows_in_a_log() {
        Connection connection = ConnectionJson.read(BadInput.complete("mqtt"));

        assertThat(connection.toString()).contains("ssl://user:***@broker.example.com:8883");
        assertThat(BadInput.COMPLETE)
                .map(BadInput::complete)
                .map(ConnectionJson::read)
                .map(Connection::toString)
                .noneMatch(text -> text.contains("secret") || text.contains("p%40ss"));
    }

    private static Problem problemOf(JsonNode json) {
        var thrown =
                catchThrowableOfType(ProblemException.class, () -> ConnectionJson.read(json, "id"));
        assertThat(thrown).isNotNull();
        return thrown.problem();
    }
}
