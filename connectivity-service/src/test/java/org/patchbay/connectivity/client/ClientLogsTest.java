package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.protocol.header.Headers;

/** The log and the metrics of a client, of one that can't be put to work, too. */
class ClientLogsTest {

    private static final String SOURCE =
            "'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto']}]";

    private static final Connection READABLE = ClientFixture.connection(SOURCE);
    private static final Connection UNREADABLE =
            ClientFixture.connection(
                    "'credentials': {'type': 'plain', 'username': 'u', 'password':"
                            + " 'aes256gcm.00000000.AAECAwQFBgcICQoLycP2SVKaYx3eqVvb_1zUe40qvewsMKiz'}, "
                            + SOURCE);

    private final ClientFixture fixture = new ClientFixture();

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    static Stream<Connection> connections() {
        return Stream.of(READABLE, UNREADABLE);
    }

    @ParameterizedTest
    @MethodSource("connections")
    void who_retrieves_the_log_prolongs_it(Connection connection) {
        // Given
        ActorRef<ClientCommand> client = fixture.start(connection);
        JsonNode first = fixture.report(client, ReportKind.LOGS).json();

        // When
        JsonNode second = fixture.report(client, ReportKind.LOGS).json();

        // Then
        assertThat(second.get("enabledSince")).isEqualTo(first.get("enabledSince"));
        assertThat(enabledUntil(second)).isAfter(enabledUntil(first));
    }

    @Test
    void a_client_whose_secrets_no_key_opens_forgets_its_log() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(UNREADABLE);
        assertThat(entries(client)).isNotEmpty();

        // When
        client.tell(new ClientCommand.ResetLogs());

        // Then
        assertThat(entries(client)).isEmpty();
    }

    @Test
    void a_client_whose_secrets_no_key_opens_enables_its_log() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(UNREADABLE);
        fixture.report(client, ReportKind.STATUS);
        ConnectionMonitor monitor = fixture.monitors.getLast();
        Instant before = enabledUntil(monitor.log().toJson());

        // When
        client.tell(new ClientCommand.EnableLogs());

        // Then
        await().untilAsserted(
                        () -> assertThat(enabledUntil(monitor.log().toJson())).isAfter(before));
    }

    @Test
    void a_client_whose_secrets_no_key_opens_counts_from_0_again() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(UNREADABLE);
        JsonNode none = fixture.report(client, ReportKind.METRICS).json();
        fixture.monitors
                .getLast()
                .source("in")
                .success(MetricType.CONSUMED, Headers.EMPTY, null, "Something came.");
        assertThat(fixture.report(client, ReportKind.METRICS).json()).isNotEqualTo(none);

        // When
        client.tell(new ClientCommand.ResetMetrics());

        // Then
        assertThat(fixture.report(client, ReportKind.METRICS).json()).isEqualTo(none);
    }

    private JsonNode entries(ActorRef<ClientCommand> client) {
        return fixture.report(client, ReportKind.LOGS).json().get("connectionLogs");
    }

    private static Instant enabledUntil(JsonNode log) {
        return Instant.parse(log.get("enabledUntil").asText());
    }
}
