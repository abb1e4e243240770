package org.patchbay.gateway.websocket.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.gateway.authentication.AuthenticationFixture;
import org.patchbay.gateway.authentication.Identity;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/** A session without its socket: what it holds back, and when it ends. */
class SessionTest {

    private static final String MODIFY =
            """
            {"topic": "org.x/t/things/twin/commands/modify", "path": "/attributes/a", "value": 1,
             "headers": {"correlation-id": "%s"%s}}
            """;

    private static ActorTestKit kit;

    private final Queue<CompletableFuture<Signal>> asked = new ConcurrentLinkedQueue<>();
    private final List<List<Interest>> told = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Problem> lost = new CompletableFuture<>();
    private CompletableFuture<AckLabels.Declared> declared =
            CompletableFuture.completedFuture(new Labels());
    private final Outbox outbox = new Outbox(16);
    private final SinkQueueWithCancel<String> client =
            outbox.messages().runWith(Sink.queue(1), kit.system());

    private final class Labels implements AckLabels.Declared {
        @Override
        public CompletionStage<Problem> lost() {
            return lost;
        }

        @Override
        public void withdraw() {}
    }

    private final class Bus implements SignalBus {
        @Override
        public void publish(Publication publication) {
            throw new UnsupportedOperationException("a session publishes nothing");
        }

        @Override
        public Set<String> wantedExtraFields(Signal signal) {
            return Set.of();
        }

        @Override
        public CompletionStage<Done> subscribe(
                Interest interest,
                ActorRef<Publication> subscriber,
                Predicate<Publication> admits) {
            throw new UnsupportedOperationException("a session resubscribes");
        }

        @Override
        public CompletionStage<Done> resubscribe(
                List<Interest> interests,
                ActorRef<Publication> subscriber,
                Predicate<Publication> admits) {
            told.add(interests);
            return CompletableFuture.completedFuture(Done.getInstance());
        }

        @Override
        public void unsubscribe(ActorRef<Publication> subscriber) {}
    }

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void no_more_is_read_while_as_much_as_may_be_is_being_handled() {
        ActorRef<Object> session = session(Set.of(), null);

        CompletableFuture<Done> first = send(session, MODIFY.formatted("1", ""));
        CompletableFuture<Done> second = send(session, MODIFY.formatted("2", ""));

        Awaitility.await().until(() -> asked.size() == 2);
        assertThat(first).isDone();
        assertThat(second).isNotDone();

        answerNext("1");

        assertThat(second).succeedsWithin(Duration.ofSeconds(10));
        assertThat(next().at("/headers/correlation-id").textValue()).isEqualTo("1");
    }

    @Test
    void one_command_too_many_that_waits_for_acknowledgements_is_refused() {
        ActorRef<Object> session = session(Set.of(), null);
        String acks = ", \"requested-acks\": [\"twin-persisted\", \"x:y\"]";

        send(session, MODIFY.formatted("1", acks));
        Awaitility.await().until(() -> asked.size() == 1);
        answerNext("1");
        send(session, MODIFY.formatted("2", acks));

        JsonNode refused = next();
        assertThat(refused.at("/headers/correlation-id").textValue()).isEqualTo("2");
        assertThat(refused.at("/value/error").textValue())
                .isEqualTo("gateway:command.toomanyrequests");
    }

    @Test
    void nothing_is_read_before_the_labels_are_its_own() {
        declared = new CompletableFuture<>();
        ActorRef<Object> session = session(Set.of("a:b"), null);

        CompletableFuture<Done> taken = send(session, "START-SEND-EVENTS");
        declared.complete(new Labels());

        assertThat(taken).succeedsWithin(Duration.ofSeconds(10));
        assertThat(pull()).contains("START-SEND-EVENTS:ACK");
        assertThat(told)
                .allSatisfy(interests ->
                        assertThat(interests)
                                .allSatisfy(interest ->
                                        assertThat(interest.labels()).containsExactly("a:b")));
        assertThat(told).hasSize(2);
    }

    @Test
    void it_ends_where_somebody_else_has_its_labels() {
        declared = CompletableFuture.failedFuture(Problems.labelNotUnique("a:b").asException());

        ActorRef<Object> session = session(Set.of("a:b"), null);

        assertEnds(session, "acknowledgement:label.not.unique");
    }

    @Test
    void it_ends_where_its_labels_turn_out_to_be_somebody_elses() {
        ActorRef<Object> session = session(Set.of("a:b"), null);

        lost.complete(Problems.labelNotUnique("a:b"));

        assertEnds(session, "acknowledgement:label.not.unique");
    }

    @Test
    void it_ends_when_its_token_does() {
        assertEnds(
                session(Set.of(), new Identity.Token("alice", Instant.EPOCH)),
                "gateway:websocket.session.expired");
    }

    @Test
    void a_token_that_never_expires_ends_nothing() {
        ActorRef<Object> session = session(Set.of(), new Identity.Token("alice", Instant.MAX));

        send(session, "STOP-SEND-EVENTS");

        assertThat(pull()).contains("STOP-SEND-EVENTS:ACK");
    }

    @Test
    void what_a_twin_does_not_answer_is_told() {
        ActorRef<Object> session = session(Set.of(), null);

        send(session, MODIFY.formatted("1", ""));
        Awaitility.await().until(() -> asked.size() == 1);
        asked.remove().completeExceptionally(new TimeoutException());

        JsonNode error = next();
        assertThat(error.get("topic").textValue()).isEqualTo("org.x/t/things/twin/errors");
        assertThat(error.at("/value/error").textValue()).isEqualTo("command.timeout");
    }

    private ActorRef<Object> session(Set<String> labels, Identity.@Nullable Token token) {
        Identity identity =
                new Identity("anna", AuthorizationContext.of("nginx:anna"), Headers.EMPTY, token);
        SessionServices services =
                new SessionServices(
                        new Bus(),
                        _ -> this::ask,
                        (_, _, _) -> declared,
                        AuthenticationFixture.of(ConfigFactory.load()),
                        InstantSource.fixed(Instant.EPOCH));
        ActorRef<Object> session =
                kit.spawn(
                        Session.create(
                                new SessionSetup(
                                        "session",
                                        identity,
                                        labels,
                                        _ -> new CompletableFuture<>(),
                                        outbox,
                                        new WebSocketSettings(2, 16, 3, 1, 10_000, null),
                                        services)));
        session.tell(new SessionMessage.Connected());
        return session;
    }

    private CompletionStage<Signal> ask(SignalRequest request) {
        CompletableFuture<Signal> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private void answerNext(String correlationId) {
        Signal command = Envelope.read(Json.parse(MODIFY.formatted(correlationId, "")));
        asked.remove().complete(command.respond(204, command.headers(), null));
    }

    private static CompletableFuture<Done> send(ActorRef<Object> session, String text) {
        CompletableFuture<Done> taken = new CompletableFuture<>();
        session.tell(new SessionMessage.Message(text, null, taken));
        return taken;
    }

    private void assertEnds(ActorRef<Object> session, String code) {
        TestProbe<Object> probe = kit.createTestProbe();
        probe.expectTerminated(session, Duration.ofSeconds(10));
        assertThat(next().at("/value/error").textValue()).isEqualTo(code);
        assertThat(pull()).isEmpty();
    }

    private JsonNode next() {
        return Json.parse(pull().orElseThrow());
    }

    private Optional<String> pull() {
        return client.pull().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
