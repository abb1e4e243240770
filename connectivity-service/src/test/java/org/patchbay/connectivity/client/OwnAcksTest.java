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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** What a connection may issue acknowledgements for, and what it does while it may not. */
class OwnAcksTest {

    private static final Connection CONNECTION =
            ClientFixture.connection(
                    """
                    'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                      'declaredAcks': ['{{ connection:id }}:seen'],
                      'replyTarget': {'enabled': true, 'address': 'reply'}}],
                    'targets': [{'address': 'out', 'topics': ['_/_/things/twin/events'],
                      'authorizationContext': ['nginx:ditto'], 'issuedAcknowledgementLabel': 'c:out'}]
                    """);

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ"], "revoke": []}}}}}
                            """));

    private final ClientFixture fixture = new ClientFixture();
    private ActorRef<ClientCommand> client;

    @BeforeEach
    void knowTheBus() {
        fixture.bus.known.complete(Done.getInstance());
    }

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void the_labels_of_sources_and_targets_are_declared_as_one_groups_before_it_is_open() {
        open();

        assertThat(fixture.labels.groups)
                .isEqualTo(Map.of("c:seen", "connection:c", "c:out", "connection:c"));
        assertThat(fixture.bus.interests)
                .anySatisfy(interest ->
                        assertThat(interest.labels()).containsExactlyInAnyOrder("c:seen", "c:out"));
    }

    @Test
    void nothing_is_acknowledged_while_another_subscriber_has_one_of_the_labels() {
        // Given
        fixture.labels.groups.put("c:seen", "session:1");

        // When
        open();
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);
        fixture.bus.publish(event(requester.ref()));
        receive(ack("c:seen", "1"));

        // Then
        await().untilAsserted(() -> assertThat(published("out")).hasSize(1));
        await().untilAsserted(
                        () -> assertThat(log()).contains("Not acknowledged: The label 'c:seen'"));
        requester.expectNoMessage(java.time.Duration.ZERO);
        await().untilAsserted(() -> assertThat(errors()).hasSize(1));
        assertThat(errors().getFirst().at("/status").asInt()).isEqualTo(409);
        assertThat(errors().getFirst().at("/value/error").asText())
                .isEqualTo("acknowledgement:label.not.unique");
        assertThat(fixture.twins.requests).isEmpty();
        assertThat(fixture.bus.interests)
                .allSatisfy(interest -> assertThat(interest.labels()).isEmpty());
        assertThat(fixture.liveStatus(client, CONNECTION)).isEqualTo("open");
        assertThat(status()).contains("acknowledgement:label.not.unique");
        assertThat(log())
                .contains("No acknowledgements are issued. acknowledgement:label.not.unique");
    }

    @Test
    void it_acknowledges_again_when_the_other_subscriber_has_gone() {
        // Given
        fixture.labels.groups.put("c:seen", "session:1");
        open();

        // When
        fixture.labels.groups.remove("c:seen");

        // Then
        await().until(() -> !status().contains("label.not.unique"));
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);
        fixture.bus.publish(event(requester.ref()));
        assertThat(requester.receiveMessage().topic().action()).isEqualTo("c:out");
        receive(ack("c:seen", "1"));
        await().untilAsserted(() -> assertThat(fixture.twins.requests).hasSize(1));
        assertThat(errors()).isEmpty();
    }

    @Test
    void it_stops_when_it_turns_out_that_nodes_apart_gave_a_label_twice() {
        // Given
        open();

        // When
        fixture.labels.groups.put("c:out", "session:1");
        fixture.labels.lost.complete(Problems.labelNotUnique("c:out"));

        // Then
        await().until(() -> status().contains("acknowledgement:label.not.unique"));
    }

    @Test
    void what_no_source_has_declared_is_refused() {
        // Given
        open();

        // When
        receive(ack("c:out", "1"));
        receive(ack("other:label", "1"));

        // Then
        await().untilAsserted(() -> assertThat(errors()).hasSize(2));
        assertThat(errors())
                .allSatisfy(error -> {
                    assertThat(error.at("/status").asInt()).isEqualTo(400);
                    assertThat(error.at("/value/error").asText())
                            .isEqualTo("acknowledgement:label.not.declared");
                });
        assertThat(fixture.twins.requests).isEmpty();
    }

    @Test
    void of_one_that_is_too_large_the_status_is_passed_on_and_a_note() {
        // Given
        open();

        // When
        receive(ack("c:seen", '"' + "x".repeat(199) + '"'));
        receive(ack("c:seen", '"' + "x".repeat(198) + '"'));

        // Then
        await().untilAsserted(() -> assertThat(fixture.twins.requests).hasSize(2));
        List<Signal> acks =
                fixture.twins.requests.stream()
                        .map(request -> request.signal())
                        .sorted(java.util.Comparator.comparing(ack -> ack.value().isTextual()))
                        .toList();
        assertThat(acks.getFirst().status()).isEqualTo(200);
        assertThat(acks.getFirst().value().path("status").asInt()).isEqualTo(413);
        assertThat(acks.getLast().value().asText()).hasSize(198);
        assertThat(log()).contains("too large");
    }

    private void open() {
        client = fixture.start(CONNECTION);
        client.tell(new ClientCommand.EnableLogs());
        await().until(() -> !fixture.transport.clients.isEmpty());
        link().up();
        fixture.awaitOpen(client).receiveMessage();
    }

    private FakeTransport.Client link() {
        return fixture.transport.clients.getLast();
    }

    private void receive(String payload) {
        link().receive("in", payload, Headers.EMPTY);
    }

    private List<Outbound> published(String address) {
        return link().published.stream()
                .filter(message -> message.address().equals(address))
                .toList();
    }

    private List<JsonNode> errors() {
        return published("reply").stream()
                .map(reply -> Json.parse(reply.payload().array()))
                .filter(reply -> reply.path("topic").asText().endsWith("/errors"))
                .toList();
    }

    private String status() {
        return fixture.report(client, ReportKind.STATUS).toString();
    }

    private String log() {
        return fixture.report(client, ReportKind.LOGS).toString();
    }

    private static String ack(String label, String value) {
        return """
        {"topic": "org.x/t/things/twin/acks/%s", "headers": {"correlation-id": "c-1"},
         "path": "/", "value": %s, "status": 200}
        """
                .formatted(label, value);
    }

    private static Publication event(ActorRef<Signal> requester) {
        Signal event =
                Signal.event(
                        TopicPath.parse("org.x/t/things/twin/events/modified"),
                        JsonPointer.parse("/attributes/x"),
                        Headers.of(
                                Map.of("requested-acks", "[\"c:out\"]", "correlation-id", "c-1")),
                        IntNode.valueOf(5),
                        5L,
                        Instant.EPOCH);
        return new Publication(event, READERS, null, null, requester);
    }
}
