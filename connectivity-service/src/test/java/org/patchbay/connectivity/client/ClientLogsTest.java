package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ReportKind;

/** The log of a client, of one that can't be put to work, too. */
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

    private static Instant enabledUntil(JsonNode log) {
        return Instant.parse(log.get("enabledUntil").asText());
    }
}
