package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.account.Ledger;
import org.patchbay.connectivity.monitoring.account.Outcome;
import org.patchbay.connectivity.monitoring.account.PathTotals;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/**
 * Random messages, mappings and faults: whatever happens, every message that was taken ends in
 * exactly one way, and the sums say so. {@code -Dpatchbay.test.seed=N} runs one case again.
 */
class NothingVanishesTest {

    private static final int CASES = 12;
    private static final int STEPS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
                            """));

    private static final Set<Reason> SEEN = EnumSet.noneOf(Reason.class);

    private final ClientFixture fixture = new ClientFixture();

    static LongStream seeds() {
        Long one = Long.getLong("patchbay.test.seed");
        // Others every day, the same ones all day.
        long first = System.currentTimeMillis() / 86_400_000 * CASES;
        return one == null ? LongStream.range(first, first + CASES) : LongStream.of(one);
    }

    /** Else the cases would show little. */
    @AfterAll
    static void all_common_ends_have_come_about() {
        if (Long.getLong("patchbay.test.seed") == null) {
            assertThat(SEEN)
                    .contains(
                            Reason.DONE,
                            Reason.FILTERED_OUT,
                            Reason.MAPPED_TO_NOTHING,
                            Reason.CONDITION_NOT_MET,
                            Reason.NO_ADDRESS,
                            Reason.LINK_ENDED,
                            Reason.MAPPING_FAILED,
                            Reason.ENFORCEMENT_FAILED,
                            Reason.NOT_ALLOWED,
                            Reason.ADDRESSING_FAILED);
        }
    }

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_message_ends_once_whatever_happens(long seed) {
        // Given
        Random random = new Random(seed);
        ActorRef<ClientCommand> client = start(random);

        // When
        for (int i = 0; i < STEPS; i++) {
            step(random, i);
        }
        boolean inOrder = random.nextBoolean();
        end(client, inOrder);

        // Then
        PathTotals totals = fixture.monitors.getFirst().totals();
        await("seed " + seed)
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertReconciled(totals.sources().snapshot(), seed);
                    assertReconciled(totals.targets().snapshot(), seed);
                    assertReconciled(totals.replies().snapshot(), seed);
                    // An account is closed first and the broker is told then.
                    assertThat(settled())
                            .as("each message that was taken is settled, seed %s", seed)
                            .hasSize((int) totals.sources().snapshot().taken());
                });
        Stream.of(totals.sources(), totals.targets(), totals.replies())
                .forEach(ledger -> SEEN.addAll(ledger.snapshot().ended().keySet()));
        assertThat(settled().stream().map(NothingVanishesTest::message))
                .as("and once, seed %s", seed)
                .doesNotHaveDuplicates();
    }

    private ActorRef<ClientCommand> start(Random random) {
        fixture.retryBudget = Duration.ofMillis(100);
        fixture.bus.known.complete(Done.getInstance());
        fixture.transport.upAtOnce = true;
        fixture.transport.redelivers = random.nextBoolean();
        fixture.transport.answers = _ -> answer(random(random));
        fixture.twins.answer(request -> answer(random(random), request));
        String json =
                """
                'processorPoolSize': %d,
                'sources': [{'addresses': ['in/#'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                  'payloadMapping': [%s],
                  'enforcement': {'input': '{{ header:device }}', 'filters': ['any']},
                  'replyTarget': {'enabled': true, 'address': '{{ header:correlation-id }}'}}],
                'targets': [
                  {'address': 'out/{{ thing:name }}', 'topics': ['_/_/things/twin/events?filter=ne(attributes/x,3)'],
                   'authorizationContext': ['nginx:ditto'], 'qos': 1, 'payloadMapping': [%s]},
                  {'address': 'out/{{ header:nowhere }}', 'topics': ['_/_/things/twin/events'],
                   'authorizationContext': ['nginx:ditto'], 'qos': 1},
                  {'address': 'out', 'topics': ['_/_/things/twin/events'],
                   'authorizationContext': ['nginx:ditto'], 'qos': 1,
                   'headerMapping': {'x': '{{ thing:name | fn:unheard-of() }}'}}],
                'specificConfig': {%s}
                """
                        .formatted(
                                1 + random.nextInt(3),
                                random.nextBoolean() ? "'slow'" : "",
                                random.nextBoolean() ? "'slow'" : "",
                                random.nextBoolean() ? "'dead-letter-address': 'dead'" : "");
        ActorRef<ClientCommand> client = fixture.start(ClientFixture.connection(json));
        fixture.awaitOpen(client).receiveMessage();
        return client;
    }

    private void step(Random random, int i) {
        FakeTransport.Client link = fixture.transport.clients.getLast();
        switch (random.nextInt(40)) {
            case 0 -> {
                link.lose();
                mayComeBack(random, link);
            }
            case 1 -> {
                link.fail();
                mayComeBack(random, link);
            }
            case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 ->
                    fixture.bus.publish(
                            new Publication(event(random, i), READERS, null, null, null));
            default -> {
                boolean forged = random.nextInt(10) == 0;
                String payload = payload(random, i);
                Headers headers = Headers.of(Map.of("device", forged ? "other" : "any"));
                if (link.consuming()) {
                    link.receive("in/" + i, payload, headers);
                }
            }
        }
    }

    /** Nearly always: what comes while there is no link shows little. */
    private void mayComeBack(Random random, FakeTransport.Client lost) {
        if (random.nextInt(4) > 0) {
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(PATIENCE)
                    .until(() -> {
                        FakeTransport.Client now = fixture.transport.clients.getLast();
                        return now != lost && now.consuming();
                    });
        }
    }

    private void end(ActorRef<ClientCommand> client, boolean inOrder) {
        if (inOrder) {
            TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);
            client.tell(new ClientCommand.Close(closed.ref()));
            closed.receiveMessage(PATIENCE);
        } else {
            fixture.kit.stop(client, PATIENCE);
        }
    }

    /** The number makes each message another one. */
    private static String payload(Random random, int i) {
        return switch (random.nextInt(8)) {
            case 0 -> "no json " + i;
            case 1 -> "poison " + i;
            case 2 -> "nothing " + i;
            case 3 -> command(random, i, "_/_/things/twin/events/created");
            default -> command(random, i, "org.x/t%d/things/twin/commands/modify");
        };
    }

    private static String command(Random random, int i, String topic) {
        String acks = random.nextInt(6) == 0 ? "'requested-acks': ['x:y'], 'timeout': '50ms'," : "";
        String payload =
                "{'topic': '%s', 'path': '/attributes/x', 'value': %d, 'headers': {%s 'correlation-id': 'c%d'}}";
        return payload.formatted(topic.formatted(random.nextInt(5)), i, acks, i).replace('\'', '"');
    }

    private static Signal event(Random random, int i) {
        JsonNode value =
                random.nextInt(8) == 0
                        ? TextNode.valueOf("poison")
                        : IntNode.valueOf(random.nextInt(5));
        return Signal.event(
                TopicPath.parse("org.x/t" + random.nextInt(5) + "/things/twin/events/modified"),
                JsonPointer.parse("/attributes/x"),
                Headers.of(Map.of("correlation-id", "e-" + i)),
                value,
                i,
                Instant.EPOCH);
    }

    /** A number that any thread may ask for. */
    private static synchronized int random(Random random) {
        return random.nextInt(12);
    }

    private static Optional<PublishResult> answer(int fate) {
        return switch (fate) {
            case 0 -> throw new IllegalStateException("nobody foresaw this");
            case 1 -> Optional.of(new PublishResult(400, Headers.EMPTY, null));
            case 2 -> Optional.of(new PublishResult(503, Headers.EMPTY, null));
            default -> Optional.of(PublishResult.OK);
        };
    }

    private static CompletionStage<Signal> answer(int fate, SignalRequest request) {
        return switch (fate) {
            case 0 -> throw new IllegalStateException("nobody foresaw this");
            case 1 -> throw new AssertionError("nor this");
            case 2 -> CompletableFuture.failedFuture(new TimeoutException("no answer"));
            case 3 -> completed(refusal(request, 403));
            case 4 -> completed(refusal(request, 412));
            case 5 -> completed(refusal(request, 503));
            default -> completed(FakeTwins.agree(request));
        };
    }

    private static Signal refusal(SignalRequest request, int status) {
        return request.signal().fail(Problem.of(status, "x:y", "No."), request.signal().headers());
    }

    private static <T> CompletionStage<T> completed(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private List<String> settled() {
        return fixture.transport.clients.stream().flatMap(one -> one.settled.stream()).toList();
    }

    /** Without what the broker was told. */
    private static String message(String settled) {
        return settled.substring(settled.indexOf(' ') + 1);
    }

    private static void assertReconciled(Ledger.Snapshot sums, long seed) {
        assertThat(sums.inFlight()).as("in flight, seed %s: %s", seed, sums).isZero();
        assertThat(
                        sums.sum(Outcome.DONE)
                                + sums.sum(Outcome.FILTERED)
                                + sums.sum(Outcome.DROPPED)
                                + sums.sum(Outcome.FAILED))
                .as("seed %s: %s", seed, sums)
                .isEqualTo(sums.taken());
    }
}
