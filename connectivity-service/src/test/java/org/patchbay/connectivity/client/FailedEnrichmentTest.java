package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** What becomes of a signal whose publisher did not know that a target wants extra fields of it. */
class FailedEnrichmentTest {

    private static final Connection CONNECTION =
            ClientFixture.connection(
                    """
                    'targets': [{'address': 'out', 'authorizationContext': ['nginx:ditto'],
                      'topics': ['_/_/things/twin/events?extraFields=attributes/place'],
                      'issuedAcknowledgementLabel': 'c:out'}]
                    """);

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ"], "revoke": []}}}}}
                            """));

    private final ClientFixture fixture = new ClientFixture();

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void it_is_dropped_and_its_sender_told_to_try_again() {
        // Given
        ActorRef<ClientCommand> client = open();
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);

        // When
        fixture.bus.publish(event(null, requester.ref()));
        fixture.bus.publish(event(Json.parse("{}"), requester.ref()));

        // Then
        assertThat(requester.receiveMessage().status()).isEqualTo(503);
        assertThat(requester.receiveMessage().status()).isEqualTo(200);
        assertThat(published()).hasSize(1);
        assertThat(fixture.report(client, ReportKind.METRICS).toString()).contains("dropped");
    }

    @Test
    void it_goes_out_without_them_where_that_is_wanted() {
        // Given
        fixture.publishFailedEnrichments = true;
        open();

        // When
        fixture.bus.publish(event(null, null));

        // Then
        await().untilAsserted(() -> assertThat(published()).hasSize(1));
    }

    private ActorRef<ClientCommand> open() {
        fixture.bus.known.complete(Done.getInstance());
        ActorRef<ClientCommand> client = fixture.start(CONNECTION);
        await().until(() -> !fixture.transport.clients.isEmpty());
        fixture.transport.clients.getFirst().up();
        fixture.awaitOpen(client).receiveMessage();
        return client;
    }

    private List<JsonNode> published() {
        return fixture.transport.clients.getFirst().published.stream()
                .map(message -> Json.parse(message.payload().array()))
                .toList();
    }

    private static Publication event(
            @Nullable JsonNode extra, @Nullable ActorRef<Signal> requester) {
        Signal event =
                Signal.event(
                        TopicPath.parse("org.x/t/things/twin/events/modified"),
                        JsonPointer.parse("/attributes/x"),
                        Headers.of(
                                Map.of("requested-acks", "[\"c:out\"]", "correlation-id", "c-1")),
                        IntNode.valueOf(5),
                        5L,
                        Instant.EPOCH);
        return new Publication(event, READERS, extra, null, requester);
    }
}
