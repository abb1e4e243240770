package org.patchbay.connectivity.path.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.LogSettings;
import org.patchbay.connectivity.path.MapperChain;
import org.patchbay.connectivity.path.acknowledgement.AckSettings;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

class InboundStagesTest {

    private static final AckSettings ACKS = new AckSettings(Duration.ofSeconds(10), 100);

    private static final String MODIFY =
            "{'topic': 'org.x/dev/things/twin/commands/modify', 'headers': {%s}, 'path': '/attributes/x', 'value': 1}";

    @Test
    void what_the_message_says_wins_over_the_header_mapping() {
        // When
        Step.Send send =
                send(
                        "'headerMapping': {'correlation-id': 'fixed', 'device': '{{ header:device_id }}', 'gone': '{{ header:no }}'}",
                        "'correlation-id': 'c-1'",
                        Map.of("device_id", "D"));

        // Then
        assertThat(send.signal().headers().asMap())
                .isEqualTo(Map.of("correlation-id", "c-1", "device", "D"));
    }

    @Test
    void a_header_mapping_can_want_no_response() {
        assertThat(
                        send("'headerMapping': {'response-required': 'false'}", "", Map.of())
                                .expects()
                                .responseRequired())
                .isFalse();
    }

    @Test
    void a_message_without_a_correlation_id_gets_the_one_of_the_broker_or_a_new_one() {
        assertThat(
                        send("'qos': 1", "", Map.of("correlation-id", "broker"))
                                .signal()
                                .headers()
                                .correlationId())
                .isEqualTo("broker");
        assertThat(send("'qos': 1", "", Map.of()).signal().headers().correlationId())
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void nobody_says_who_he_is() {
        assertThat(
                        send("'qos': 1", "'ditto-originator': 'nginx:forged'", Map.of())
                                .signal()
                                .headers()
                                .has("ditto-originator"))
                .isFalse();
    }

    @Test
    void what_is_ours_to_say_is_left_out_of_what_others_say() {
        // When
        Step.Send send =
                send(
                        "'headerMapping': {'ditto-entity-id': 'thing:a:b', 'Read-Subjects': 'x', 'my-own': '1'}",
                        "'Ditto-Weak-Ack': true, 'channel': 'live', 'correlation-id': 'c-1'",
                        Map.of());

        // Then
        assertThat(send.signal().headers().asMap())
                .isEqualTo(Map.of("correlation-id", "c-1", "my-own", "1"));
    }

    @Test
    void subjects_may_come_from_headers_and_are_left_out_where_these_are_missing() {
        // Given
        String source = "'authorizationContext': ['nginx:{{ header:device }}', 'nginx:all']";

        // Then
        assertThat(send(source, "", Map.of("device", "d1")).by().subjects())
                .containsExactly("nginx:d1", "nginx:all");
        assertThat(send(source, "", Map.of()).by().subjects()).containsExactly("nginx:all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{{ source:address }};in/{{ thing:name }};in/dev;true",
                "{{ source:address }};in/{{ thing:name }};in/other;false",
                "{{ source:address }};in/{{ thing:name | fn:upper() }};in/DEV;true",
                "{{ header:device }};{{ entity:id }};in/x;false"
            })
    void enforcement_compares_what_the_broker_vouches_for(
            String input, String filter, String address, boolean passes) {
        // When
        Step step =
                step(
                        "'enforcement': {'input': '%s', 'filters': ['no', '%s']}"
                                .formatted(input, filter),
                        MODIFY.formatted("'correlation-id': 'c-1'"),
                        address,
                        Map.of());

        // Then
        assertThat(step).isInstanceOf(passes ? Step.Send.class : Step.Refuse.class);
    }

    @Test
    void a_failed_enforcement_is_an_error_about_the_thing() {
        // When
        Step step =
                step(
                        "'enforcement': {'input': 'a', 'filters': []}",
                        MODIFY.formatted("'correlation-id': 'c-1'"),
                        "in",
                        Map.of("mqtt.topic", "in"));

        // Then
        JsonNode error = Envelope.write(((Step.Refuse) step).error());
        assertThat(error.get("topic").asText()).isEqualTo("org.x/dev/things/twin/errors");
        assertThat(error.at("/value/error").asText())
                .isEqualTo("connectivity:connection.id.enforcement.failed");
        assertThat(error.get("headers"))
                .isEqualTo(
                        Json.parse(
                                "{\"correlation-id\":\"c-1\",\"response-required\":false,\"content-type\":\"application/json\"}"));
    }

    @Test
    void the_source_asks_for_acknowledgements_where_its_filter_holds() {
        // Given
        String source =
                "'acknowledgementRequests': {'includes': ['a:b'], 'filter': 'fn:filter(header:qos,\\'ne\\',\\'0\\')'}";

        // When
        Step.Send asked = send(source, "", Map.of("qos", "1"));
        Step.Send not = send(source, "", Map.of("qos", "0"));

        // Then
        assertThat(asked.sourceAsks()).isTrue();
        assertThat(asked.signal().headers().get("requested-acks")).isEqualTo("[\"a:b\"]");
        assertThat(not.sourceAsks()).isFalse();
        assertThat(not.signal().headers().has("requested-acks")).isFalse();
    }

    @Test
    void the_filter_is_for_what_the_message_asks_for_too() {
        // Given
        String source =
                "'acknowledgementRequests': {'includes': [], 'filter': 'fn:filter(header:qos,\\'ne\\',\\'0\\')'}";

        // When
        Step.Send asked = send(source, "'requested-acks': ['m:own']", Map.of("qos", "1"));
        Step.Send not = send(source, "'requested-acks': ['m:own']", Map.of("qos", "0"));

        // Then
        assertThat(asked.expects().requestedAcks()).containsExactly("m:own");
        assertThat(not.expects().requestedAcks()).isEmpty();
        assertThat(not.expects().responseRequired()).isTrue();
        assertThat(not.signal().headers().has("requested-acks")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.x/dev/things/twin/events/modified|json.field.missing",
                "org.x/dev/things/twin/commands/merge|mediatype.unsupported",
                "org.x/dev/things/twin/errors|protocoladapter:unknown.topicpath",
                "_/c/connections/commands/open|protocoladapter:unknown.topicpath"
            })
    void refuses_what_may_not_come_in(String topic, String code) {
        // When
        Step step =
                step(
                        "'qos': 1",
                        MODIFY.formatted("")
                                .replace("org.x/dev/things/twin/commands/modify", topic),
                        "in",
                        Map.of());

        // Then
        assertThat(Envelope.write(((Step.Refuse) step).error()).at("/value/error").asText())
                .isEqualTo(code);
    }

    @Test
    void a_response_that_comes_back_in_is_left_alone() {
        // Given
        String response = MODIFY.formatted("").replace("'value': 1", "'status': 204");

        // Then
        assertThat(step("'qos': 1", response, "in", Map.of())).isInstanceOf(Step.Ignore.class);
        assertThat(step("'qos': 1", response.replace("twin", "live"), "in", Map.of()))
                .isInstanceOf(Step.Send.class);
    }

    @Test
    void an_error_is_never_answered_with_an_error() {
        // Given
        String error =
                MODIFY.formatted("")
                        .replace("twin/commands/modify", "live/errors")
                        .replace("'value': 1", "'status': 400");

        // Then
        assertThat(step("'enforcement': {'input': 'a', 'filters': ['b']}", error, "in", Map.of()))
                .isInstanceOf(Step.Ignore.class);
    }

    @Test
    void a_header_that_is_not_valid_makes_a_message_unreadable() {
        // When
        Step step =
                step(
                        "'qos': 1",
                        MODIFY.formatted("'response-required': 'maybe'"),
                        "in",
                        Map.of("mqtt.topic", "in"));

        // Then
        JsonNode error = Envelope.write(((Step.Unreadable) step).error());
        assertThat(error.get("topic").asText()).isEqualTo("unknown/unknown/things/twin/errors");
        assertThat(error.at("/headers/mqtt.topic").asText()).isEqualTo("in");
    }

    @Test
    void a_failed_mapping_keeps_the_headers_of_the_broker() {
        // Given
        Inbound inbound =
                inbound("no json", "in", Map.of("correlation-id", "cd-7", "reply-to", "r"));
        Connection connection = connection("'qos': 1");
        Problem problem = Problem.of(400, "json.invalid", "It is no JSON.");

        // When
        Step step =
                new InboundStages(
                                "c", connection.sources().getFirst(), OwnAcks.of(connection, ACKS))
                        .next(
                                inbound,
                                new MapperChain.Mapped.Failure<>(problem, Headers.EMPTY),
                                monitor(connection).source("in"));

        // Then
        Signal error = ((Step.Unreadable) step).error();
        assertThat(error.headers().get("reply-to")).isEqualTo("r");
        assertThat(error.headers().correlationId()).isEqualTo("cd-7");
        assertThat(error.headers().get("content-type")).isEqualTo("application/json");
    }

    private static Step.Send send(String source, String headers, Map<String, String> external) {
        return (Step.Send) step(source, MODIFY.formatted(headers), "in", external);
    }

    private static Step step(
            String source, String payload, String address, Map<String, String> external) {
        String json = payload.replace('\'', '"');
        Connection connection = connection(source);
        Signal signal = Envelope.read(Json.parse(json));
        return new InboundStages("c", connection.sources().getFirst(), OwnAcks.of(connection, ACKS))
                .next(
                        inbound(json, address, external),
                        new MapperChain.Mapped.Message<>(signal),
                        monitor(connection).source("in"));
    }

    private static Inbound inbound(String payload, String address, Map<String, String> headers) {
        return new Inbound(
                Headers.of(headers),
                ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer(),
                address,
                new Inbound.Settlement() {
                    @Override
                    public void accept() {
                        throw new AssertionError("stages settle nothing");
                    }

                    @Override
                    public void reject() {
                        throw new AssertionError("stages settle nothing");
                    }

                    @Override
                    public void redeliver() {
                        throw new AssertionError("stages settle nothing");
                    }
                });
    }

    private static ConnectionMonitor monitor(Connection connection) {
        return new ConnectionMonitor(
                connection,
                Clock.systemUTC(),
                new LogSettings(10, 10, 100_000, Duration.ofHours(1)));
    }

    /**
     * A connection with one source at {@code in}; single quotes stand for double ones, except after
     * a backslash.
     */
    private static Connection connection(String source) {
        String defaults =
                source.contains("authorizationContext")
                        ? ""
                        : "'authorizationContext': ['nginx:ditto'], ";
        String json =
                "{'id': 'c', 'connectionType': 'mqtt-5', 'connectionStatus': 'open', 'uri': 'tcp://127.0.0.1:1',"
                        + " 'sources': [{'addresses': ['in'], "
                        + defaults
                        + source
                        + "}]}";
        return ConnectionJson.read(
                Json.parse(
                        json.replace("\\'", "\u0001").replace('\'', '"').replace('\u0001', '\'')));
    }
}
