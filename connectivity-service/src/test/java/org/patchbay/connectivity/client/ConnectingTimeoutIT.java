package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchbay.connectivity.Transports;
import org.patchbay.connectivity.broker.Doorway;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MuteServer;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.connection.LinkType;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.protocol.Problem;

/**
 * Attempts to connect to an endpoint that takes everybody in and never says a word, or too late.
 */
class ConnectingTimeoutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ClientFixture fixture = new ClientFixture();

    @BeforeEach
    void start() {
        fixture.transports = new Transports(fixture.kit.system().settings().config())::of;
        fixture.connectTimeout = Duration.ofMillis(500);
        fixture.backOff = new BackOff(Duration.ofHours(1), Duration.ofHours(2));
        fixture.bus.known.complete(Done.getInstance());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void fail_when_their_time_is_over_and_leave_nothing(LinkType type) {
        try (MuteServer mute = MuteServer.started()) {
            // When
            ActorRef<ClientCommand> client = fixture.start(type.at(mute.port(), "mute"));
            TestProbe<ConnectionReply> open = fixture.awaitOpen(client);

            // Then
            Problem problem = ((ConnectionReply.Failed) open.receiveMessage(PATIENCE)).problem();
            assertThat(problem.status()).isEqualTo(504);
            assertThat(problem.code()).isEqualTo("connectivity:connection.failed");
            assertThat(problem.message()).containsPattern("in time|Timeout|[Tt]imed out");
            JsonNode status =
                    fixture.report(client, ReportKind.STATUS).json().at("/clientStatus/0");
            assertThat(status.get("status").asText()).isEqualTo("failed");
            assertThat(status.get("statusDetails").asText())
                    .containsPattern("in time|Timeout|[Tt]imed out")
                    .contains("next attempt after");
            await().atMost(PATIENCE).until(() -> mute.open() == 0);
        }
    }

    @Test
    @Tag("ci")
    void are_over_when_the_client_is_closed_even_if_the_broker_answers_afterwards() {
        fixture.connectTimeout = PATIENCE;
        try (EmbeddedMqttBroker broker = EmbeddedMqttBroker.started();
                Doorway doorway = Doorway.opened(Scratch.freePort(), broker)) {
            // Given
            ActorRef<ClientCommand> client =
                    fixture.start(LinkType.MQTT.at(doorway.port(), "closed"));
            await().atMost(PATIENCE).until(() -> !broker.connected().isEmpty());
            TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);
            client.tell(new ClientCommand.Close(closed.ref()));
            closed.receiveMessage(PATIENCE);

            // When
            doorway.letThrough();

            // Then
            await().atMost(PATIENCE).until(() -> broker.connected().isEmpty());
            assertThat(doorway.accepted()).isEqualTo(1);
        }
    }
}
