package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** The message path through a client actor, between a fake broker and fake twins. */
class MessagePathTest {

    private static final Connection CONNECTION =
            ClientFixture.connection(
                    """
                    'sources': [{'addresses': ['in/#'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                      'enforcement': {'input': '{{ header:device }}', 'filters': ['{{ entity:id }}', 'any']},
                      'replyTarget': {'enabled': true, 'address': 'reply',
                        'expectedResponseTypes': ['response', 'error', 'nack']}}],
                    'targets': [{'address': 'out/{{ thing:name }}', 'topics': ['_/_/things/twin/events'],
                      'authorizationContext': ['nginx:ditto'], 'qos': 1, 'issuedAcknowledgementLabel': 'c:out'}]
                    """);

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
                            """));

    private final ClientFixture fixture = new ClientFixture();
    private ActorRef<ClientCommand> client;

    @BeforeEach
    void open() {
        fixture.bus.known.complete(Done.getInstance());
        client = fixture.start(CONNECTION);
        await().until(() -> !fixture.transport.clients.isEmpty());
        link().up();
        fixture.awaitOpen(client).receiveMessage();
    }

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void a_command_reaches_its_twin_and_the_message_is_settled_after_the_answer() {
        // Given
        CompletableFuture<Signal> answer = new CompletableFuture<>();
        fixture.twins.answer(_ -> answer);

        // When
        receive("in/a", command("one", "{'correlation-id': 'c-1', 'ditto-originator': 'forged'}"));
        await().until(() -> fixture.twins.requests.size() == 1);

        // Then
        SignalRequest request = fixture.twins.requests.getFirst();
        assertThat(request.signal().entityId()).isEqualTo("org.x:one");
        assertThat(request.signal().headers().has("ditto-originator")).isFalse();
        assertThat(request.by().subjects()).containsExactly("nginx:ditto");
        assertThat(request.origin()).isEqualTo("c");
        assertThat(link().settled).isEmpty();
        answer.complete(FakeTwins.agree(request));
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
        assertThat(replies())
                .singleElement()
                .satisfies(reply -> assertThat(reply.at("/status").asInt()).isEqualTo(204));
    }

    @Test
    void signals_of_one_thing_go_in_order_and_others_do_not_wait() {
        // Given
        CompletableFuture<Signal> slow = new CompletableFuture<>();
        fixture.twins.answer(request ->
                request.signal().entityId().equals("org.x:slow") && !slow.isDone()
                        ? slow
                        : CompletableFuture.completedFuture(FakeTwins.agree(request)));

        // When
        receive("in/a", command("slow", "{'correlation-id': 's-1'}"));
        receive("in/a", command("slow", "{'correlation-id': 's-2'}"));
        receive("in/a", command("quick", "{'correlation-id': 'q-1'}"));
        await().until(() -> asked().contains("q-1"));

        // Then
        assertThat(asked()).containsExactly("s-1", "q-1");
        slow.complete(FakeTwins.agree(fixture.twins.requests.getFirst()));
        await().untilAsserted(() -> assertThat(asked()).containsExactly("s-1", "q-1", "s-2"));
    }

    @Test
    void what_a_twin_can_not_do_now_is_tried_again_in_place_and_in_order() {
        // Given
        fixture.twins.answer(request ->
                fixture.twins.requests.size() < 3
                        ? CompletableFuture.failedFuture(new TimeoutException("no answer"))
                        : CompletableFuture.completedFuture(FakeTwins.agree(request)));

        // When
        receive("in/a", command("one", "{'correlation-id': 'a'}"));
        receive("in/a", command("one", "{'correlation-id': 'b'}"));

        // Then
        await().untilAsserted(() -> assertThat(asked()).containsExactly("a", "a", "a", "b"));
        await().untilAsserted(() ->
                assertThat(link().settled).hasSize(2).allMatch(s -> s.startsWith("accept")));
    }

    @Test
    void what_comes_while_a_twin_is_busy_goes_together_and_is_settled_and_answered_in_order() {
        // Given
        CompletableFuture<Signal> slow = new CompletableFuture<>();
        fixture.twins.answer(request ->
                "c-0".equals(request.signal().headers().correlationId())
                        ? slow
                        : CompletableFuture.completedFuture(FakeTwins.agree(request)));
        for (int i = 0; i < 5; i++) {
            receive("in/a", command("one", "{'correlation-id': 'c-%d'}".formatted(i)));
        }
        awaitAllOnTheirWay();

        // When
        slow.complete(FakeTwins.agree(fixture.twins.requests.getFirst()));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(6));
        assertThat(asked()).containsExactly("c-0", "other", "c-1", "c-2", "c-3", "c-4");
        assertThat(fixture.twins.windows).containsExactly(4);
        await().untilAsserted(() ->
                assertThat(replies())
                        .extracting(reply -> reply.at("/headers/correlation-id").asText())
                        .containsExactly("c-0", "c-1", "c-2", "c-3", "c-4"));
    }

    @Test
    void a_window_without_an_answer_goes_again_and_all_of_it_is_settled_once() {
        // Given
        CompletableFuture<Signal> slow = new CompletableFuture<>();
        fixture.twins.answer(request ->
                switch (request.signal().headers().correlationId()) {
                    case "a" -> slow;
                    case String id when id.equals("c") && Collections.frequency(asked(), id) == 1 ->
                            CompletableFuture.failedFuture(new TimeoutException("no answer"));
                    case null, default ->
                            CompletableFuture.completedFuture(FakeTwins.agree(request));
                });
        for (String id : List.of("a", "b", "c")) {
            receive("in/a", command("one", "{'correlation-id': '%s'}".formatted(id)));
        }
        awaitAllOnTheirWay();

        // When
        slow.complete(FakeTwins.agree(fixture.twins.requests.getFirst()));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(4));
        assertThat(asked()).containsExactly("a", "other", "b", "c", "b", "c");
        assertThat(fixture.twins.windows).containsExactly(2, 2);
        assertThat(link().settled).allMatch(settled -> settled.startsWith("accept"));
    }

    @Test
    void what_a_twin_refuses_is_settled_and_answered() {
        // Given
        fixture.twins.answer(request ->
                CompletableFuture.completedFuture(
                        request.signal()
                                .fail(
                                        Problem.of(404, "things:thing.notfound", "No such thing."),
                                        request.signal().headers())));

        // When
        receive("in/a", command("one", "{'correlation-id': 'c-1'}"));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
        assertThat(replies().getFirst().at("/value/error").asText())
                .isEqualTo("things:thing.notfound");
        assertThat(fixture.twins.requests).hasSize(1);
    }

    @Test
    void an_unreadable_message_is_answered_with_the_headers_it_came_with() {
        // When
        link().receive("in/a", "not json", Headers.of(Map.of("mqtt.topic", "in/a")));

        // Then
        await().untilAsserted(() -> assertThat(link().published).hasSize(1));
        JsonNode reply = replies().getFirst();
        assertThat(reply.get("topic").asText()).isEqualTo("unknown/unknown/things/twin/errors");
        assertThat(reply.at("/value/error").asText()).isEqualTo("json.invalid");
        assertThat(reply.at("/headers/mqtt.topic").asText()).isEqualTo("in/a");
        assertThat(link().settled).containsExactly("accept not json");
    }

    @Test
    void a_message_that_speaks_for_another_entity_is_refused() {
        // When
        link().receive(
                        "in/a",
                        command("one", "{'correlation-id': 'c-1'}"),
                        Headers.of(Map.of("device", "org.x:other")));

        // Then
        await().untilAsserted(() -> assertThat(link().published).hasSize(1));
        assertThat(replies().getFirst().at("/value/error").asText())
                .isEqualTo("connectivity:connection.id.enforcement.failed");
        assertThat(fixture.twins.requests).isEmpty();
    }

    @Test
    void requested_acknowledgements_are_collected_and_answered_together() {
        // Given
        fixture.twins.answer(request -> {
            var requester = request.acknowledgements();
            if (requester != null) {
                requester.tell(ack(request.signal(), "other:done", 200));
            }
            return CompletableFuture.completedFuture(FakeTwins.agree(request));
        });

        // When
        receive(
                "in/a",
                command(
                        "one",
                        "{'correlation-id': 'c-1', 'requested-acks': ['twin-persisted', 'other:done']}"));

        // Then
        await().untilAsserted(() -> assertThat(link().published).hasSize(1));
        assertThat(replies().getFirst().get("topic").asText())
                .isEqualTo("org.x/one/things/twin/acks");
        assertThat(replies().getFirst().get("status").asInt()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
    }

    @Test
    void a_missing_acknowledgement_is_answered_as_timed_out() {
        // When
        receive(
                "in/a",
                command(
                        "one",
                        "{'correlation-id': 'c-1', 'requested-acks': ['nobody:here'], 'timeout': '100ms'}"));

        // Then
        await().untilAsserted(() -> assertThat(link().published).hasSize(1));
        assertThat(replies().getFirst().get("status").asInt()).isEqualTo(408);
    }

    @Test
    void a_retrieve_that_wants_no_response_is_refused() {
        // Given
        String payload =
                "{'topic': 'org.x/one/things/twin/commands/retrieve', 'path': '/',"
                        + " 'headers': {'response-required': false}}";

        // When
        receive("in/a", payload.replace('\'', '"'));

        // Then
        await().untilAsserted(() -> assertThat(link().published).hasSize(1));
        assertThat(replies().getFirst().at("/value/error").asText())
                .isEqualTo("command.headers.invalid");
    }

    @Test
    void an_event_is_published_to_the_address_of_its_thing() {
        // When
        fixture.bus.publish(new Publication(event("one", 7), READERS, null, "elsewhere", null));

        // Then
        await().untilAsserted(() -> assertThat(link().published).hasSize(1));
        assertThat(link().published.getFirst().address()).isEqualTo("out/one");
        assertThat(link().published.getFirst().qos()).isEqualTo(1);
    }

    @Test
    void what_came_in_through_this_connection_does_not_leave_by_it() {
        // When
        fixture.bus.publish(new Publication(event("echo", 1), READERS, null, "c", null));
        fixture.bus.publish(new Publication(event("news", 2), READERS, null, null, null));

        // Then
        await().untilAsserted(() -> assertThat(link().published).isNotEmpty());
        assertThat(link().published).extracting(Outbound::address).containsExactly("out/news");
    }

    @Test
    void a_target_acknowledges_what_it_published() {
        // Given
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);
        Signal event =
                event("one", 1)
                        .with(
                                Headers.of(
                                        Map.of(
                                                "requested-acks",
                                                "[\"c:out\"]",
                                                "correlation-id",
                                                "c-1")));

        // When
        fixture.bus.publish(new Publication(event, READERS, null, null, requester.ref()));

        // Then
        Signal ack = requester.receiveMessage();
        assertThat(ack.topic().toString()).isEqualTo("org.x/one/things/twin/acks/c:out");
        assertThat(ack.status()).isEqualTo(200);
        assertThat(
                        Json.parse(link().published.getFirst().payload().array())
                                .at("/headers/requested-acks"))
                .isEmpty();
    }

    @Test
    void what_a_mapper_makes_nothing_of_is_acknowledged_weakly() {
        // Given
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);
        Headers asking = Headers.of(Map.of("requested-acks", "[\"c:out\"]", "unwanted", "true"));

        // When
        fixture.bus.publish(
                new Publication(
                        event("one", 7).with(asking), READERS, null, null, requester.ref()));

        // Then
        Signal ack = requester.receiveMessage();
        assertThat(ack.status()).isEqualTo(200);
        assertThat(ack.headers().get("ditto-weak-ack")).isEqualTo("true");
        assertThat(link().published).isEmpty();
    }

    @Test
    void events_wait_for_the_next_link_and_keep_their_order() {
        // Given
        link().lose();
        IntStream.rangeClosed(1, 8)
                .forEach(i ->
                        fixture.bus.publish(
                                new Publication(event("t" + i, i), READERS, null, null, null)));

        // When
        await().until(() -> fixture.transport.clients.size() > 1);
        FakeTransport.Client next = fixture.transport.clients.getLast();
        next.up();

        // Then
        await().untilAsserted(() ->
                assertThat(next.published)
                        .extracting(Outbound::address)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, 8).mapToObj(i -> "out/t" + i).toList()));
    }

    @Test
    void what_finds_the_buffer_full_is_counted_and_acknowledged_as_unavailable() {
        // Given
        link().lose();
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);
        Headers asking =
                Headers.of(Map.of("requested-acks", "[\"c:out\"]", "correlation-id", "c-1"));

        // When
        for (int i = 0; i < 40; i++) {
            fixture.bus.publish(
                    new Publication(
                            event("t" + i, i).with(asking), READERS, null, null, requester.ref()));
        }

        // Then
        assertThat(requester.receiveMessage().status()).isEqualTo(503);
        await().untilAsserted(() ->
                assertThat(metrics().at("/connectionMetrics/outbound/dropped/failure/PT1M").asInt())
                        .isPositive());
    }

    @Test
    void what_can_not_be_handled_within_the_budget_goes_back_to_the_broker() {
        // Given
        fixture.twins.answer(
                _ -> CompletableFuture.failedFuture(new TimeoutException("no answer")));

        // When
        receive("in/a", command("one", "{'correlation-id': 'a'}"));

        // Then
        await().untilAsserted(() ->
                assertThat(link().settled).singleElement().asString().startsWith("redeliver"));
        assertThat(fixture.twins.requests).hasSizeGreaterThan(2);
    }

    @Test
    void a_live_message_is_answered_with_the_response_that_comes_in_later() {
        // Given
        fixture.twins.answer(request ->
                CompletableFuture.completedFuture(
                        request.signal().respond(202, request.signal().headers(), null)));
        String topic =
                "{'topic': 'org.x/one/things/live/messages/ask', 'path': '/inbox/messages/ask', ";
        receive("in/a", (topic + "'headers': {'correlation-id': 'm-1'}}").replace('\'', '"'));
        await().until(() -> fixture.twins.requests.size() == 1);
        SignalRequest question = fixture.twins.requests.getFirst();
        assertThat(link().settled).isEmpty();

        // When
        java.util.Objects.requireNonNull(question.acknowledgements())
                .tell(
                        question.signal()
                                .respond(200, question.signal().headers(), IntNode.valueOf(42)));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
        assertThat(replies().getFirst().get("topic").asText())
                .isEqualTo("org.x/one/things/live/messages/ask");
        assertThat(replies().getFirst().get("value").asInt()).isEqualTo(42);
    }

    @Test
    void one_message_that_nobody_foresaw_does_not_stop_the_next() {
        // When
        receive("in/a", "poison");
        receive("in/a", command("one", "{'correlation-id': 'a'}"));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(2));
        assertThat(fixture.twins.requests).hasSize(1);
        assertThat(fixture.transport.clients).hasSize(1);
    }

    @Test
    void acknowledgements_that_the_source_asks_for_are_waited_for_and_tried_again() {
        // Given
        Connection asking =
                ClientFixture.connection(
                        """
                        'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                          'acknowledgementRequests': {'includes': ['c:done']}}]
                        """);
        ActorRef<ClientCommand> other = fixture.start(asking);
        await().until(() -> fixture.transport.clients.size() > 1);
        FakeTransport.Client otherLink = fixture.transport.clients.getLast();
        otherLink.up();
        fixture.awaitOpen(other).receiveMessage();
        fixture.twins.answer(request -> {
            int status = fixture.twins.requests.size() < 3 ? 503 : 200;
            java.util.Objects.requireNonNull(request.acknowledgements())
                    .tell(ack(request.signal(), "c:done", status));
            return CompletableFuture.completedFuture(FakeTwins.agree(request));
        });

        // When
        otherLink.receive("in", command("one", "{'correlation-id': 'a'}"), Headers.EMPTY);

        // Then
        await().untilAsserted(() -> assertThat(otherLink.settled).hasSize(1));
        assertThat(otherLink.settled.getFirst()).startsWith("accept");
        assertThat(fixture.twins.requests).hasSize(3);
    }

    @Test
    void counts_what_it_does() {
        // When
        receive("in/a", command("one", "{'correlation-id': 'c-1'}"));
        receive("in/a", "");
        receive("in/a", "not json");

        // Then
        await().untilAsserted(() ->
                assertThat(inbound().at("/acknowledged/success/PT1M").asInt()).isEqualTo(2));
        await().untilAsserted(() -> assertThat(link().settled).hasSize(3));
        JsonNode inbound = inbound();
        assertThat(inbound.at("/consumed/success/PT1M").asInt()).isEqualTo(3);
        assertThat(inbound.at("/mapped/success/PT1M").asInt()).isEqualTo(1);
        assertThat(inbound.at("/mapped/failure/PT1M").asInt()).isEqualTo(1);
        assertThat(inbound.at("/dropped/success/PT1M").asInt()).isEqualTo(1);
        assertThat(inbound.at("/enforced/success/PT1M").asInt()).isEqualTo(1);
        assertThat(inbound.at("/acknowledged/success/PT1M").asInt()).isEqualTo(2);
        assertThat(metrics().get("containsFailures").asBoolean()).isTrue();
        assertThat(
                        Reports.merge(
                                        ReportKind.LOGS,
                                        CONNECTION,
                                        List.of(fixture.report(client, ReportKind.LOGS)))
                                .get("connectionLogs"))
                .isNotEmpty();
    }

    /** Waits until all that was received is on its way, where it comes in order. */
    private void awaitAllOnTheirWay() {
        receive(
                "in/a",
                command("other", "{'correlation-id': 'other', 'response-required': false}"));
        await().until(() -> asked().contains("other"));
    }

    private JsonNode inbound() {
        return metrics().at("/sourceMetrics/addressMetrics/in~1#");
    }

    private JsonNode metrics() {
        return Reports.merge(
                ReportKind.METRICS,
                CONNECTION,
                List.of(fixture.report(client, ReportKind.METRICS)));
    }

    private FakeTransport.Client link() {
        return fixture.transport.clients.getFirst();
    }

    private void receive(String address, String payload) {
        link().receive(address, payload, Headers.of(Map.of("device", "any")));
    }

    private List<JsonNode> replies() {
        Stream<Outbound> all = link().published.stream();
        return all.filter(message -> message.address().equals("reply"))
                .map(message -> Json.parse(message.payload().array()))
                .toList();
    }

    private List<@Nullable String> asked() {
        return fixture.twins.requests.stream()
                .map(request -> request.signal().headers().correlationId())
                .toList();
    }

    private static String command(String thing, String headers) {
        String payload =
                "{'topic': 'org.x/%s/things/twin/commands/modify', 'headers': %s,"
                        + " 'path': '/attributes/x', 'value': 1}";
        return payload.formatted(thing, headers).replace('\'', '"');
    }

    private static Signal event(String thing, int revision) {
        return Signal.event(
                TopicPath.parse("org.x/" + thing + "/things/twin/events/modified"),
                JsonPointer.parse("/attributes/x"),
                Headers.of(Map.of("correlation-id", "e-" + revision)),
                IntNode.valueOf(revision),
                revision,
                Instant.EPOCH);
    }

    private static Signal ack(Signal command, String label, int status) {
        return new Signal(
                command.topic().with(TopicPath.Criterion.ACKS, label),
                JsonPointer.ROOT,
                Headers.EMPTY,
                null,
                null,
                status,
                null,
                null,
                null);
    }
}
