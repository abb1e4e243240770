package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.extension.sdk.api.services.Services;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.Transports;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.connectivity.path.Throttling;

/** How a client holds itself back, on a real broker. */
@Tag("ci")
class FlowOnBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES = 10;
    private static final int LIMIT = 3;

    private final EmbeddedMqttBroker broker = EmbeddedMqttBroker.started();
    private final Connection connection = SampleConnections.mqtt("held", broker.uri());
    private final ClientFixture slow = new ClientFixture();
    private final ClientFixture quick = new ClientFixture();

    @AfterEach
    void stop() {
        slow.close();
        quick.close();
        broker.close();
    }

    @Test
    void what_a_throttled_source_does_not_take_in_stays_with_the_broker() {
        // Given
        slow.throttling.put(ConnectionType.MQTT, new Throttling(Duration.ofHours(1), LIMIT));
        ActorRef<ClientCommand> client = opened(slow, "");

        // When
        try (MqttProbe device = MqttProbe.at(broker)) {
            IntStream.range(0, MESSAGES).forEach(n -> device.publish("in/x", command(n), 1));
        }

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode inbound = inbound(client);
                    assertThat(inbound.at("/throttled/success/PT1M").asInt()).isEqualTo(1);
                    assertThat(inbound.at("/mapped/success/PT1M").asInt()).isEqualTo(LIMIT);
                    assertThat(handled(slow)).hasSize(LIMIT);
                });

        // When
        close(client);
        opened(quick, "");

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Stream.concat(handled(slow).stream(), handled(quick).stream()))
                                .containsExactlyElementsOf(
                                        IntStream.range(0, MESSAGES).boxed().toList()));
    }

    @Test
    void a_broker_that_ends_the_link_is_left_alone_for_a_while() {
        // Given
        ActorRef<ClientCommand> client =
                opened(
                        slow,
                        "ditto.connectivity.connection.mqtt.reconnect"
                                + ".min-timeout-for-mqtt-broker-initiated-disconnect = 1h");

        // When
        Services.clientService().disconnectClient("held").join();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode status =
                            slow.report(client, ReportKind.STATUS).json().at("/clientStatus/0");
                    assertThat(status.get("status").asText()).isEqualTo("failed");
                    assertThat(status.get("statusDetails").asText())
                            .contains("was lost", "next attempt after 3600000 ms");
                });
    }

    private ActorRef<ClientCommand> opened(ClientFixture fixture, String config) {
        fixture.transports =
                new Transports(
                                ConfigFactory.parseString(config)
                                        .withFallback(fixture.kit.system().settings().config()))
                        ::of;
        fixture.bus.known.complete(Done.getInstance());
        ActorRef<ClientCommand> client = fixture.start(connection);
        assertThat(fixture.awaitOpen(client).receiveMessage(PATIENCE))
                .isEqualTo(new ConnectionReply.Done());
        return client;
    }

    private void close(ActorRef<ClientCommand> client) {
        TestProbe<ConnectionReply> closed = slow.kit.createTestProbe(ConnectionReply.class);
        client.tell(new ClientCommand.Close(closed.ref()));
        closed.receiveMessage(PATIENCE);
    }

    private JsonNode inbound(ActorRef<ClientCommand> client) {
        return Reports.merge(
                        ReportKind.METRICS,
                        connection,
                        List.of(slow.report(client, ReportKind.METRICS)))
                .at("/connectionMetrics/inbound");
    }

    private static List<Integer> handled(ClientFixture fixture) {
        return fixture.twins.requests.stream()
                .map(request -> Objects.requireNonNull(request.signal().value()).asInt())
                .toList();
    }

    private static String command(int n) {
        return """
        {"topic": "org.x/t/things/twin/commands/modify",
         "headers": {"correlation-id": "c-%d", "response-required": false},
         "path": "/attributes/x", "value": %d}
        """
                .formatted(n, n);
    }
}
