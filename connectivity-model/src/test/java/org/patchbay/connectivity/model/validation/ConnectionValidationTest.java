package org.patchbay.connectivity.model.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.model.BadInput;
import org.patchbay.connectivity.model.Samples;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.protocol.Problem;

class ConnectionValidationTest {

    private static final String CONFIGURATION = "connectivity:connection.configuration.invalid";

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    /uri                             ¦ "http://127.0.0.1:1"    ¦ /uri
                    /clientCount                     ¦ 0                       ¦ /clientCount
                    /clientCount                     ¦ 2                       ¦ /clientCount
                    /sources/0/consumerCount         ¦ 0                       ¦ /sources/0/consumerCount
                    /processorPoolSize               ¦ 0                       ¦ /processorPoolSize
                    /ca                              ¦ "garbage"               ¦ /ca
                    /sources/0/addresses             ¦ []                      ¦ /sources/0/addresses
                    /sources/0/addresses             ¦ ["a/#/b"]               ¦ /sources/0/addresses/0
                    /sources/0/addresses             ¦ ["a", "b+"]             ¦ /sources/0/addresses/1
                    /sources/0/authorizationContext  ¦ []                      ¦ /sources/0/authorizationContext
                    /sources/0/consumerCount         ¦ 2                       ¦ /sources/0/consumerCount
                    /sources/0/qos                   ¦ 3                       ¦ /sources/0/qos
                    /sources/0/enforcement           ¦ {"input": "{{foo:bar}}", "filters": []} ¦ /sources/0/enforcement/input
                    /sources/0/enforcement           ¦ {"input": "{{ thing:id }}", "filters": []} ¦ /sources/0/enforcement/input
                    /sources/0/enforcement           ¦ {"input": "x", "filters": ["{{ header:x }}"]} ¦ /sources/0/enforcement/filters/0
                    /sources/0/enforcement           ¦ {"input": "x", "filters": ["{{ feature:id }}"]} ¦ /sources/0/enforcement/filters/0
                    /sources/0/acknowledgementRequests ¦ {"includes": [], "filter": "fn:nope()"} ¦ /sources/0/acknowledgementRequests/filter
                    /sources/0/headerMapping         ¦ {"divert-response-to-connection": "a b"} ¦ /sources/0/headerMapping/divert-response-to-connection
                    /sources/0/headerMapping         ¦ {"divert-expected-response-types": "response,all"} ¦ /sources/0/headerMapping/divert-expected-response-types
                    /sources/0/replyTarget           ¦ {"expectedResponseTypes": ["all"]} ¦ /sources/0/replyTarget/expectedResponseTypes/0
                    /targets/0/address               ¦ ""                      ¦ /targets/0/address
                    /targets/0/address               ¦ "x/#"                   ¦ /targets/0/address
                    /targets/0/address               ¦ "x/+/{{ thing:id }}"    ¦ /targets/0/address
                    /targets/0/address               ¦ "x/{{ unknown:id }}"    ¦ /targets/0/address
                    /targets/0/address               ¦ "x/{{ policy:id }}"     ¦ /targets/0/address
                    /targets/0/address               ¦ "x/{{ thing:id | fn:nope() }}" ¦ /targets/0/address
                    /targets/0/authorizationContext  ¦ null                    ¦ /targets/0/authorizationContext
                    /targets/0/headerMapping         ¦ {"mqtt.message-expiry-interval": "60"} ¦ /targets/0/headerMapping/mqtt.message-expiry-interval
                    /targets/0/headerMapping         ¦ {"mqtt.topic": "{{ thing:id }}"} ¦ /targets/0/headerMapping/mqtt.topic
                    """)
    void a_wrong_configuration_is_named_by_its_place(String pointer, String value, String at) {
        Optional<Problem> problem = check(Samples.mqttWith(pointer, value));

        assertThat(problem).isPresent();
        assertThat(problem.get().code()).isEqualTo(CONFIGURATION);
        assertThat(problem.get().message()).startsWith(at + ": ");
        assertThat(problem.get().description()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    filter=foo(bar                         | rql.expression.invalid
                    filter=exists(attributes)              | rql.expression.invalid
                    filter=eq(attributes/a,1)?x            | rql.expression.invalid
                    extraFields=attributes(                | json.fieldselector.invalid
                    extraFields=attributes(name,count)     | things:field.selection.invalid
                    extraFields=attributes/a,,b            | things:field.selection.invalid
                    extraFields={{ unknown:x }}            | placeholder:unresolved
                    """)
    void a_wrong_parameter_of_a_topic_keeps_its_own_code(String parameter, String code) {
        ObjectNode json = withTopic("_/_/things/twin/events?" + parameter);

        assertThat(check(json)).map(Problem::code).contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_/_/things/twin/events?",
                "_/_/things/twin/events?foo=bar",
                "_/_/things/twin/events?extraFields=",
                "_/_/things/twin/events?extraFields=features/{{ feature:id }}",
                "_/_/things/twin/events?filter=eq(attributes/name,%22a%26b%22)",
                "_/_/policies/announcements?filter=eq(a,1)",
                "_/_/connections/announcements?x=y",
            })
    void what_is_not_known_to_be_wrong_in_a_topic_is_accepted(String topic) {
        assertThat(check(withTopic(topic))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /specificConfig                 | {"unheard-of": "x"}
                    /unheard-of                     | {"x": 1}
                    /processorPoolSize              | 100
                    /targets/0/address              | "x y"
                    /targets/0/address              | "x/{{ thing:id"
                    /targets/0/topics               | []
                    /targets/0/headerMapping        | {"h": "{{ unknown:x }}"}
                    /targets/0/issuedAcknowledgementLabel | "the-id:label"
                    /targets/0/issuedAcknowledgementLabel | "{{ connection:id }}:label"
                    /sources/0/authorizationContext | ["nginx:{{header:device}}"]
                    /sources/0/enforcement          | {"input": "{{ source:address }}", "filters": ["a/{{ policy:id }}"]}
                    /sources/0/replyTarget          | {"address": "x/{{ unknown:id }}"}
                    /sources/0/acknowledgementRequests | {"includes": ["twin-persisted"], "filter": " "}
                    /sources/0/acknowledgementRequests | {"includes": [], "filter": "fn:delete()"}
                    /sources/0/headerMapping        | {"divert-response-to-connection": "{{ header:to }}", "divert-expected-response-types": " nack , error"}
                    """)
    void what_is_not_known_to_be_wrong_is_accepted(String pointer, String value) {
        assertThat(check(Samples.mqttWith(pointer, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt, /sources/0/addresses/0, 65536",
        "mqtt-5, /targets/0/address, 65536",
        "amqp-091, /sources/0/addresses/0, 256",
        "kafka, /sources/0/addresses/0, 250",
    })
    void an_address_that_no_broker_takes_is_too_long(String type, String pointer, int length) {
        ObjectNode json = BadInput.complete(type);
        String address = "a".repeat(length);
        Samples.with(
                json,
                pointer.replace("/addresses/0", "/addresses"),
                pointer.endsWith("0") ? "[\"" + address + "\"]" : '"' + address + '"');

        assertThat(findings(json, ConnectionLimits.DEFAULTS))
                .extracting(Finding::pointer)
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "other-id:label", "the-id:a b"})
    void a_connection_declares_no_labels_but_its_own(String label) {
        ObjectNode json = Samples.mqttWith("/sources/0/declaredAcks", "[\"" + label + "\"]");

        assertThat(check(json)).map(Problem::code).contains("acknowledgement:label.invalid");
    }

    @Test
    void a_connection_needs_a_source_or_a_target() {
        ObjectNode json = Samples.mqttWith("/sources", "[]");
        Samples.with(json, "/targets", "[]");

        assertThat(check(json)).map(Problem::code).contains(CONFIGURATION);
    }

    @Test
    void more_sources_targets_and_mappers_than_the_limits_allow_are_refused() {
        ConnectionLimits limits = new ConnectionLimits(0, 0, 1, 1, 1, 1, java.util.Set.of());
        ObjectNode json = Samples.mqttWith("/sources/0/payloadMapping", "[\"Ditto\", \"Ditto\"]");
        Samples.with(json, "/targets/0/payloadMapping", "[\"Ditto\", \"Ditto\"]");

        assertThat(findings(json, limits))
                .extracting(Finding::pointer)
                .containsExactly(
                        "/sources",
                        "/targets",
                        "/sources/0/payloadMapping",
                        "/targets/0/payloadMapping");
    }

    @Test
    void everything_wrong_is_told_at_once() {
        ObjectNode json = Samples.mqttWith("/sources/0/qos", "7");
        Samples.with(json, "/targets/0/authorizationContext", "[]");

        Problem problem = check(json).orElseThrow();

        assertThat(problem.message()).startsWith("/sources/0/qos: ");
        assertThat(problem.description())
                .contains("/sources/0/qos: ", "/targets/0/authorizationContext: ");
    }

    @ParameterizedTest
    @CsvSource({"my-own-id_1:x, true", "'a b', false", "'', false", "ä, false"})
    void ids_are_made_of_plain_characters(String id, boolean valid) {
        assertThat(ConnectionValidation.checkId(id).isEmpty()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/b", "/", "%2e%2e", "a\nb", "a.b", "ü"})
    void what_could_lead_elsewhere_is_no_id(String id) {
        assertThat(ConnectionValidation.checkId(id))
                .map(Problem::code)
                .contains("connectivity:connection.id.invalid");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 300, 100_000})
    void an_id_that_is_too_long_is_not_repeated_in_full(int length) {
        assertThat(ConnectionValidation.checkId("a".repeat(100))).isEmpty();
        assertThat(ConnectionValidation.checkId("a".repeat(length)))
                .map(Problem::message)
                .hasValueSatisfying(message -> assertThat(message).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    kafka ¦ /specificConfig ¦ {} ¦ /specificConfig/bootstrapServers
                    kafka ¦ /specificConfig ¦ {"bootstrapServers": "no server"} ¦ /specificConfig/bootstrapServers
                    kafka ¦ /specificConfig ¦ {"bootstrapServers": "k:1", "saslMechanism": "x"} ¦ /specificConfig/saslMechanism
                    kafka ¦ /uri ¦ "tcp://u:p@k:9092" ¦ /specificConfig/saslMechanism
                    kafka ¦ /targets/0/address ¦ "a topic" ¦ /targets/0/address
                    kafka ¦ /targets/0/address ¦ "topic#no-number" ¦ /targets/0/address
                    kafka ¦ /targets/0/address ¦ "topic/" ¦ /targets/0/address
                    kafka ¦ /targets/0/headerMapping ¦ {"a/b": "{{ unknown:id }}"} ¦ /targets/0/headerMapping/a~1b
                    kafka ¦ /sources/0/headerMapping ¦ {"h": "{{ header:x | fn:nope() }}"} ¦ /sources/0/headerMapping/h
                    kafka ¦ /sources/0/replyTarget ¦ {"headerMapping": {"h": "{{ unknown:id }}"}} ¦ /sources/0/replyTarget/headerMapping/h
                    kafka ¦ /sources/0/addresses ¦ ["a topic"] ¦ /sources/0/addresses/0
                    kafka ¦ /sources/0/qos ¦ 2 ¦ /sources/0/qos
                    hono ¦ /sources/0/addresses ¦ ["events"] ¦ /sources/0/addresses/0
                    hono ¦ /targets/0/address ¦ "command/x" ¦ /targets/0/address
                    http-push ¦ /sources/0/addresses ¦ ["a"] ¦ /sources
                    http-push ¦ /targets/0/address ¦ "/path" ¦ /targets/0/address
                    """)
    void each_type_has_rules_of_its_own(String type, String pointer, String value, String at) {
        ObjectNode json = Samples.mqttWith("/connectionType", '"' + type + '"');
        Samples.with(json, "/specificConfig", "{\"bootstrapServers\": \"k:9092\"}");
        Samples.with(json, "/sources/0/addresses", "[\"event\"]");
        Samples.with(
                json, "/targets/0/address", type.equals("hono") ? "\"command\"" : "\"GET:/x\"");
        if (type.equals("http-push")) {
            Samples.with(json, "/uri", "\"http://h:80\"");
        }
        Samples.with(json, pointer, value);

        assertThat(findings(json, ConnectionLimits.DEFAULTS))
                .extracting(Finding::pointer)
                .contains(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic",
                "topic/key",
                "topic/{{ thing:id }}",
                "{{ thing:namespace }}",
                "topic#7",
                "topic#{{ header:partition }}"
            })
    void kafka_publishes_to_a_topic_with_a_key_or_a_partition(String address) {
        ObjectNode json = BadInput.complete("kafka");
        Samples.with(json, "/targets/0/address", '"' + address + '"');

        assertThat(check(json)).isEmpty();
    }

    @Test
    void nobody_starts_more_clients_and_consumers_than_the_limits_allow() {
        ObjectNode json = BadInput.complete("kafka");
        Samples.with(json, "/clientCount", "101");
        Samples.with(json, "/sources/0/consumerCount", "2147483647");

        assertThat(findings(json, ConnectionLimits.DEFAULTS))
                .extracting(Finding::pointer)
                .containsExactly("/clientCount", "/sources/0/consumerCount");
    }

    @Test
    void the_uri_of_a_hono_connection_means_nothing() {
        ObjectNode json = Samples.mqttWith("/connectionType", "\"hono\"");
        Samples.with(json, "/uri", "\"whatever it is\"");
        Samples.with(json, "/sources/0/addresses", "[\"event\"]");
        Samples.with(json, "/targets", "[]");

        assertThat(check(json)).isEmpty();
        assertThat(ConnectionJson.write(ConnectionJson.readNew(json, "id")).at("/uri").asText())
                .isEqualTo("whatever it is");
    }

    @Test
    void every_field_that_names_a_host_is_known() {
        ObjectNode json = Samples.mqttWith("/connectionType", "\"kafka\"");
        Samples.with(json, "/specificConfig", "{\"bootstrapServers\": \"k1:9092, tcp://k2:9093\"}");
        Samples.with(
                json,
                "/sshTunnel",
                "{\"uri\": \"ssh://s:22\", \"credentials\": {\"type\": \"plain\", \"username\": \"u\","
                        + " \"password\": \"p\"}}");
        Samples.with(
                json,
                "/credentials",
                "{\"type\": \"oauth-client-credentials\", \"tokenEndpoint\": \"https://t/x\","
                        + " \"clientId\": \"c\", \"clientSecret\": \"s\", \"requestedScopes\": \"\"}");

        assertThat(HostFields.of(ConnectionJson.read(json, "id")))
                .extracting(HostFields.HostField::host)
                .containsExactly("127.0.0.1", "k1", "k2", "s", "t");
    }

    private static ObjectNode withTopic(String topic) {
        String escaped = topic.replace("\"", "\\\"");
        return Samples.mqttWith("/targets/0/topics", "[\"" + escaped + "\"]");
    }

    private static List<Finding> findings(ObjectNode json, ConnectionLimits limits) {
        return ConnectionValidation.findings(ConnectionJson.read(json, "the-id"), limits).all();
    }

    private static Optional<Problem> check(ObjectNode json) {
        return ConnectionValidation.check(
                ConnectionJson.readNew(json, "the-id"), ConnectionLimits.DEFAULTS);
    }
}
