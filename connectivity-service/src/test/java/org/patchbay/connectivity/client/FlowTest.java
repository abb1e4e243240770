package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.connectivity.path.Throttling;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** What is slow or full slows down whoever sends to it, and nobody else; order is kept. */
class FlowTest {

    private static final int IN_FLIGHT_MAX = 16;
    private static final int BUFFER_MAX = 8;

    private static final String SOURCE =
            """
            'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
              'replyTarget': {'enabled': true, 'address': 'reply', 'expectedResponseTypes': ['response', 'error']}}]
            """;

    private static final String TWO_TARGETS =
            """
            'targets': [
              {'address': 'bad/{{ thing:name }}', 'topics': ['_/_/things/twin/events'],
               'authorizationContext': ['nginx:ditto'], 'qos': 1, 'issuedAcknowledgementLabel': 'c:bad'},
              {'address': 'good/{{ thing:name }}', 'topics': ['_/_/things/twin/events'],
               'authorizationContext': ['nginx:ditto'], 'qos': 1}]
            """;

    private static final PublishResult NOT_NOW =
            new PublishResult(503, Headers.EMPTY, TextNode.valueOf("Quota exceeded."));

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
                            """));

    private final ClientFixture fixture = new ClientFixture();

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void a_slow_twin_leaves_what_comes_beyond_the_bound_with_the_broker() {
        // Given
        Queue<Runnable> slow = new ConcurrentLinkedQueue<>();
        AtomicInteger most = new AtomicInteger();
        fixture.twins.answer(request -> {
            CompletableFuture<Signal> answer = new CompletableFuture<>();
            slow.add(() -> answer.complete(FakeTwins.agree(request)));
            most.accumulateAndGet(slow.size(), Math::max);
            return answer;
        });
        FakeTransport.Client link = fixture.open(connection(SOURCE), 0);

        // When
        IntStream.range(0, 60).forEach(i -> link.receive("in", command("t" + i, i), Headers.EMPTY));
        soon().untilAsserted(() -> {
            if (slow.size() >= IN_FLIGHT_MAX || fixture.twins.requests.size() == 60) {
                List<Runnable> answers = List.copyOf(slow);
                slow.removeAll(answers);
                answers.forEach(Runnable::run);
            }
            assertThat(link.settled).hasSize(60);
        });

        // Then
        assertThat(most).hasValue(IN_FLIGHT_MAX);
    }

    @Test
    void messages_of_one_thing_keep_their_order_although_they_are_mapped_side_by_side() {
        // Given
        Connection parallel =
                connection(
                        "'processorPoolSize': 4, "
                                + SOURCE.replace(
                                        "'qos': 1,", "'qos': 1, 'payloadMapping': ['slow'],"));
        FakeTransport.Client link = fixture.open(parallel, 0);

        // When
        IntStream.range(0, 300)
                .forEach(i -> link.receive("in", command("t" + i % 5, i), Headers.EMPTY));
        await().untilAsserted(() -> assertThat(link.settled).hasSize(300));

        // Then
        for (int thing = 0; thing < 5; thing++) {
            String id = "org.x:t" + thing;
            assertThat(
                            fixture.twins.requests.stream()
                                    .map(SignalRequest::signal)
                                    .filter(signal -> signal.entityId().equals(id))
                                    .map(FlowTest::number))
                    .hasSize(60)
                    .isSorted();
        }
    }

    @Test
    void events_of_one_thing_leave_by_one_of_several_clients_and_in_order() {
        // Given
        Connection two = connection("'clientCount': 2, " + TWO_TARGETS);
        List<FakeTransport.Client> links = List.of(fixture.open(two, 0), fixture.open(two, 1));

        // When
        IntStream.range(0, 20 * 10)
                .forEach(i -> {
                    publish("t" + i % 20, i / 20);
                    soon().until(() ->
                            links.stream().mapToInt(link -> good(link).size()).sum() > i - 4);
                });
        soon().until(() -> links.stream().mapToInt(link -> good(link).size()).sum() == 200);

        // Then
        assertThat(links).allSatisfy(link -> assertThat(good(link)).isNotEmpty());
        for (int thing = 0; thing < 20; thing++) {
            String address = "good/t" + thing;
            List<List<Integer>> byClient =
                    links.stream().map(link -> numbers(link, address)).toList();
            assertThat(byClient).containsOnlyOnce(IntStream.range(0, 10).boxed().toList());
            assertThat(byClient).contains(List.of());
        }
    }

    @Test
    void a_target_that_fails_holds_back_neither_the_other_targets_nor_the_replies() {
        // Given
        Connection both = connection(SOURCE + ", " + TWO_TARGETS);
        FakeTransport.Client link = fixture.open(both, 0);
        link.answers = message -> Optional.of(isBad(message) ? NOT_NOW : PublishResult.OK);

        // When
        IntStream.range(0, 100)
                .forEach(i -> {
                    publish("t" + i, i);
                    link.receive("in", command("t" + i, i), Headers.EMPTY);
                    soon().until(() -> good(link).size() == i + 1);
                });

        // Then
        await().untilAsserted(() -> assertThat(to(link, "reply")).hasSize(100));
    }

    @Test
    void a_target_whose_messages_nobody_answers_holds_back_no_other_and_drops_what_is_too_much() {
        // Given
        Connection both = connection(TWO_TARGETS);
        ActorRef<ClientCommand> client = start(both);
        FakeTransport.Client link = fixture.transport.clients.getLast();
        link.answers = message -> isBad(message) ? Optional.empty() : Optional.of(PublishResult.OK);
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);
        Headers asking =
                Headers.of(Map.of("requested-acks", "[\"c:bad\"]", "correlation-id", "c-1"));

        // When
        IntStream.range(0, 50)
                .forEach(i -> {
                    Signal event = event("t" + i, i).with(asking);
                    fixture.bus.publish(
                            new Publication(event, READERS, null, null, requester.ref()));
                    soon().until(() -> good(link).size() == i + 1);
                });

        // Then
        assertThat(requester.receiveMessage().status()).isEqualTo(503);
        await().untilAsserted(() -> {
            JsonNode targets = metrics(client, both).at("/targetMetrics/addressMetrics");
            JsonNode bad = targets.get("bad/{{ thing:name }}");
            JsonNode good = targets.get("good/{{ thing:name }}");
            assertThat(good.at("/published/success/PT1M").asInt()).isEqualTo(50);
            assertThat(good.at("/dropped/failure/PT1M").asInt()).isZero();
            assertThat(bad.at("/dropped/failure/PT1M").asInt())
                    .isBetween(50 - BUFFER_MAX - IN_FLIGHT_MAX, 50 - BUFFER_MAX);
        });
    }

    @Test
    void status_and_log_tell_that_a_target_fails_again_and_again() {
        // Given
        Connection both = connection(TWO_TARGETS);
        ActorRef<ClientCommand> client = start(both);
        FakeTransport.Client link = fixture.transport.clients.getLast();
        link.answers = message -> Optional.of(isBad(message) ? NOT_NOW : PublishResult.OK);

        // When
        publish("t", 1);

        // Then
        await().untilAsserted(() -> {
            JsonNode targets = report(client, ReportKind.STATUS, both).get("targetStatus");
            assertThat(targets.at("/0/status").asText()).isEqualTo("failed");
            assertThat(targets.at("/0/statusDetails").asText()).contains("Quota exceeded.");
            assertThat(targets.at("/1/status").asText()).isEqualTo("open");
        });
        assertThat(report(client, ReportKind.LOGS, both).get("connectionLogs"))
                .anySatisfy(entry ->
                        assertThat(entry.get("message").asText()).contains("Quota exceeded."));
        link.answers = _ -> Optional.of(PublishResult.OK);
        publish("t", 2);
        await().untilAsserted(() ->
                assertThat(
                                report(client, ReportKind.STATUS, both)
                                        .at("/targetStatus/0/status")
                                        .asText())
                        .isEqualTo("open"));
    }

    @Test
    void replies_that_the_broker_takes_slowly_slow_down_the_source_and_are_not_lost() {
        // Given
        FakeTransport.Client link = fixture.open(connection(SOURCE), 0);
        link.answers = _ -> Optional.empty();

        // When
        IntStream.range(0, 100)
                .forEach(i -> link.receive("in", command("t" + i, i), Headers.EMPTY));
        soon().untilAsserted(() -> {
            while (link.unansweredMost() >= IN_FLIGHT_MAX && link.answer()) {
                Thread.onSpinWait();
            }
            assertThat(to(link, "reply")).hasSize(100);
        });

        // Then
        assertThat(link.unansweredMost()).isLessThanOrEqualTo(2 * IN_FLIGHT_MAX);
    }

    @Test
    void what_comes_while_too_much_waits_for_the_subscriber_is_counted_and_told() {
        // Given
        Connection both = connection(TWO_TARGETS);
        ActorRef<ClientCommand> client = start(both);
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);
        Headers asking =
                Headers.of(Map.of("requested-acks", "[\"c:bad\"]", "correlation-id", "c-1"));
        assertThat(IntStream.range(0, 100))
                .allMatch(i ->
                        fixture.bus.publishToBusy(
                                new Publication(event("t", i), READERS, null, null, null)));

        // When
        Signal event = event("one-too-many", 101).with(asking);
        boolean admitted =
                fixture.bus.publishToBusy(
                        new Publication(event, READERS, null, null, requester.ref()));

        // Then
        assertThat(admitted).isFalse();
        assertThat(requester.receiveMessage().status()).isEqualTo(503);
        assertThat(
                        metrics(client, both)
                                .at("/connectionMetrics/outbound/dropped/failure/PT1M")
                                .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_throttled_source_takes_in_what_its_limit_says_and_counts_who_has_to_wait() {
        // Given
        fixture.throttling.put(ConnectionType.MQTT, new Throttling(Duration.ofHours(1), 3));
        Connection source = connection(SOURCE);
        ActorRef<ClientCommand> client = start(source);
        FakeTransport.Client link = fixture.transport.clients.getLast();

        // When
        IntStream.range(0, 10).forEach(i -> link.receive("in", command("t" + i, i), Headers.EMPTY));

        // Then
        await().untilAsserted(() -> {
            JsonNode inbound = metrics(client, source).at("/connectionMetrics/inbound");
            assertThat(inbound.at("/throttled/success/PT1M").asInt()).isEqualTo(1);
            assertThat(inbound.at("/mapped/success/PT1M").asInt()).isEqualTo(3);
            // With the one that waits; all others are left with the broker.
            assertThat(inbound.at("/consumed/success/PT1M").asInt()).isEqualTo(4);
        });
    }

    /** For what takes microseconds and happens often. */
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private ActorRef<ClientCommand> start(Connection connection) {
        fixture.bus.known.complete(org.apache.pekko.Done.getInstance());
        ActorRef<ClientCommand> client = fixture.start(connection);
        await().until(() -> !fixture.transport.clients.isEmpty());
        fixture.transport.clients.getLast().up();
        fixture.awaitOpen(client).receiveMessage();
        return client;
    }

    private JsonNode metrics(ActorRef<ClientCommand> client, Connection connection) {
        return report(client, ReportKind.METRICS, connection);
    }

    private JsonNode report(
            ActorRef<ClientCommand> client, ReportKind kind, Connection connection) {
        return Reports.merge(kind, connection, List.of(fixture.report(client, kind)));
    }

    private void publish(String thing, int number) {
        fixture.bus.publish(new Publication(event(thing, number), READERS, null, null, null));
    }

    private static Connection connection(String fields) {
        return ClientFixture.connection(fields);
    }

    private static boolean isBad(Outbound message) {
        return message.address().startsWith("bad/");
    }

    private static List<Outbound> good(FakeTransport.Client link) {
        return to(link, "good/");
    }

    private static List<Outbound> to(FakeTransport.Client link, String address) {
        return link.published.stream().filter(one -> one.address().startsWith(address)).toList();
    }

    private static List<Integer> numbers(FakeTransport.Client link, String address) {
        return link.published.stream()
                .filter(one -> one.address().equals(address))
                .map(one -> Json.parse(one.payload().array()).get("value").asInt())
                .toList();
    }

    private static int number(Signal signal) {
        JsonNode value = signal.value();
        return value == null ? -1 : value.asInt();
    }

    private static String command(String thing, int number) {
        return """
        {"topic": "org.x/%s/things/twin/commands/modify", "headers": {"correlation-id": "c-%d"},
         "path": "/attributes/x", "value": %d}
        """
                .formatted(thing, number, number);
    }

    private static Signal event(String thing, int number) {
        return Signal.event(
                TopicPath.parse("org.x/" + thing + "/things/twin/events/modified"),
                JsonPointer.parse("/attributes/x"),
                Headers.of(Map.of("correlation-id", "e-" + number)),
                IntNode.valueOf(number),
                number,
                Instant.EPOCH);
    }
}
