package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.Transports;
import org.patchbay.connectivity.broker.Doorway;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MuteServer;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.client.link.Turns;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/** A hundred connections whose broker is away, comes back, or answers nobody. */
@Tag("ci")
class ComingBackIT {

    private static final int CONNECTIONS = 100;
    private static final int AT_ONCE = 10;
    private static final int ATTEMPTS = 4;
    private static final int PAUSE_MAX_MS = 1_600;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Pattern PAUSE = Pattern.compile("next attempt after (\\d+) ms");

    private final ClientFixture fixture = new ClientFixture();

    /** When each connection has been tried, in nanoseconds. */
    private final Map<String, Queue<Long>> attempts = new ConcurrentHashMap<>();

    @BeforeEach
    void start() {
        Transports real = new Transports(fixture.kit.system().settings().config());
        fixture.transports = type -> new Counted(real.of(type));
        fixture.turns = new Turns(AT_ONCE);
        fixture.connectTimeout = PATIENCE;
        fixture.backOff = new BackOff(Duration.ofMillis(200), Duration.ofMillis(PAUSE_MAX_MS));
        fixture.bus.known.complete(Done.getInstance());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void one_that_comes_back_meets_as_many_at_once_as_take_turns_and_all_of_them_in_the_end() {
        try (EmbeddedMqttBroker broker = EmbeddedMqttBroker.started()) {
            // Given
            fixture.turnMax = PATIENCE;
            int port = Scratch.freePort();
            List<ActorRef<ClientCommand>> clients = clients(port);
            clients.forEach(client ->
                    assertThat(fixture.awaitOpen(client).receiveMessage(PATIENCE))
                            .isInstanceOfSatisfying(
                                    ConnectionReply.Failed.class,
                                    failed ->
                                            assertThat(failed.problem().message())
                                                    .contains("Connection refused")));
            assertThatTheyAreSpread(clients.stream().map(this::pauseAfterSomeAttempts).toList());
            assertThatNobodyTriesTooSoon();

            // When
            try (Doorway doorway = Doorway.opened(port, broker)) {
                patiently().until(() -> doorway.waiting() == AT_ONCE);
                patiently()
                        .until(() -> count(clients, "Waiting for others") == CONNECTIONS - AT_ONCE);
                assertThat(count(clients, "Connecting, attempt")).isEqualTo(AT_ONCE);
                assertThat(doorway.accepted()).isEqualTo(AT_ONCE);
                letAllThrough(doorway);

                // Then
                patiently().until(() -> count(clients, "Connected.") == CONNECTIONS);
                assertThat(clients).allSatisfy(this::assertThatItIsOpen);
                assertThat(broker.connected()).hasSize(CONNECTIONS);
                assertThat(doorway.waitingMost()).isEqualTo(AT_ONCE);
                assertThat(doorway.accepted()).isEqualTo(CONNECTIONS);
            }
        }
    }

    @Test
    void one_that_answers_nobody_keeps_nobody_in_line() {
        // Given
        fixture.turnMax = Duration.ofMillis(100);
        try (MuteServer mute = MuteServer.started()) {
            // When
            List<ActorRef<ClientCommand>> clients = clients(mute.port());

            // Then
            patiently().until(() -> mute.open() == CONNECTIONS);
            assertThat(count(clients, "Connecting, attempt 1.")).isEqualTo(CONNECTIONS);
        }
    }

    /** One after the other, the next one when another has taken the place of the last. */
    private static void letAllThrough(Doorway doorway) {
        for (int answered = 0; answered < CONNECTIONS; answered++) {
            int due = Math.min(AT_ONCE, CONNECTIONS - answered);
            patiently().pollInterval(POLL).until(() -> doorway.waiting() == due);
            doorway.letThrough();
        }
    }

    private void assertThatItIsOpen(ActorRef<ClientCommand> client) {
        assertThat(status(client).get("status").asText()).isEqualTo("open");
        assertThat(status(client).get("recoveryStatus").asText()).isEqualTo("succeeded");
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO);
    }

    private List<ActorRef<ClientCommand>> clients(int port) {
        return IntStream.range(0, CONNECTIONS)
                .mapToObj(n -> SampleConnections.mqtt("c" + n, "tcp://127.0.0.1:" + port))
                .map(fixture::start)
                .toList();
    }

    /** What its status says, in milliseconds, once it has been tried several times. */
    private int pauseAfterSomeAttempts(ActorRef<ClientCommand> client) {
        AtomicInteger pause = new AtomicInteger();
        patiently()
                .until(() -> {
                    JsonNode status = status(client);
                    Matcher said = PAUSE.matcher(status.get("statusDetails").asText());
                    if (!said.find() || Integer.parseInt(said.group(1)) < PAUSE_MAX_MS / 2) {
                        return false;
                    }
                    assertThat(status.get("status").asText()).isEqualTo("failed");
                    assertThat(status.get("statusDetails").asText()).contains("Connection refused");
                    assertThat(status.get("recoveryStatus").asText())
                            .isEqualTo("backOffLimitReached");
                    pause.set(Integer.parseInt(said.group(1)));
                    return true;
                });
        return pause.get();
    }

    /** A hundredth of the time holds a few of them, not all. */
    private static void assertThatTheyAreSpread(List<Integer> pauses) {
        assertThat(pauses).allMatch(pause -> pause <= PAUSE_MAX_MS);
        Map<Integer, Long> each =
                pauses.stream()
                        .collect(
                                Collectors.groupingBy(
                                        it -> it * 100 / PAUSE_MAX_MS, Collectors.counting()));
        assertThat(each.values()).allMatch(together -> together <= 20);
    }

    /** Between two attempts there is at least the shortest pause that the back-off knows. */
    private void assertThatNobodyTriesTooSoon() {
        assertThat(attempts).hasSize(CONNECTIONS);
        attempts.forEach((id, times) -> {
            List<Long> in = List.copyOf(times);
            assertThat(in).as(id).hasSizeGreaterThanOrEqualTo(ATTEMPTS);
            for (int n = 1; n < in.size(); n++) {
                Duration shortest = fixture.backOff.pause(n, 0);
                assertThat(in.get(n) - in.get(n - 1))
                        .as(id + ", attempt " + n)
                        .isGreaterThanOrEqualTo(shortest.toNanos());
            }
        });
    }

    private long count(List<ActorRef<ClientCommand>> clients, String details) {
        return clients.stream()
                .filter(client -> status(client).get("statusDetails").asText().startsWith(details))
                .count();
    }

    private JsonNode status(ActorRef<ClientCommand> client) {
        return fixture.report(client, ReportKind.STATUS).json().at("/clientStatus/0");
    }

    /** Notes when a link is made. */
    private final class Counted implements Transport {

        private final Transport transport;

        Counted(Transport transport) {
            this.transport = transport;
        }

        @Override
        public Connection running(Connection connection) {
            return transport.running(connection);
        }

        @Override
        public TransportClient client(Connection connection, ClientContext context) {
            attempts.computeIfAbsent(connection.id(), _ -> new ConcurrentLinkedQueue<>())
                    .add(System.nanoTime());
            return transport.client(connection, context);
        }

        @Override
        public TransportClient trial(Connection connection, ClientContext context) {
            return transport.trial(connection, context);
        }
    }
}
