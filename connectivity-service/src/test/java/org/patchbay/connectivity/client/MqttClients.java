package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.Transports;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;

/**
 * Clients of a connection on a real broker, each with fake twins of its own: how they share a
 * subscription, and what becomes of messages that stay unacknowledged.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MqttClients {

    private static final int MESSAGES = 200;

    private final List<ClientFixture> fixtures = new ArrayList<>();
    private MqttBroker broker;

    abstract MqttBroker startBroker();

    @BeforeAll
    void startedBroker() {
        broker = startBroker();
    }

    @AfterEach
    void stopClients() {
        fixtures.forEach(ClientFixture::close);
        fixtures.clear();
    }

    @AfterAll
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void share_a_subscription_so_that_each_message_is_handled_once() {
        String id = id();
        Connection shared = shared(id);
        ClientFixture one = opened(shared, 0);
        ClientFixture other = opened(shared, 1);

        int sent = sendUntil(id, () -> !handled(one).isEmpty() && !handled(other).isEmpty());

        patiently().until(() -> handled(one).size() + handled(other).size() >= sent);
        List<Integer> all = new ArrayList<>(handled(one));
        all.addAll(handled(other));
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(sent));
    }

    /** Takes ten seconds with some brokers. */
    @Tag("ci")
    @Test
    void lose_nothing_of_a_shared_subscription_when_one_of_them_breaks_off() {
        String id = id();
        Connection shared = shared(id);
        ClientFixture one = opened(shared, 0);
        ClientFixture other = fixture();
        other.twins.answer(_ -> new CompletableFuture<>());
        open(other, shared, 1);

        int sent = sendUntil(id, () -> !other.twins.requests.isEmpty());
        other.close();
        ClientFixture again = opened(shared, 1);

        patiently()
                .untilAsserted(() -> {
                    List<Integer> all = new ArrayList<>(handled(one));
                    all.addAll(handled(again));
                    assertThat(all).containsAll(numbers(sent));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "mqtt-5"})
    void try_in_place_what_can_not_be_handled_now_while_the_broker_keeps_it(String type) {
        String id = id();
        Connection connection = connection(type, id, id + "/in/+", "");
        ClientFixture fixture = fixture();
        AtomicInteger tries = new AtomicInteger();
        fixture.twins.answer(request ->
                tries.incrementAndGet() < 4
                        ? CompletableFuture.failedFuture(new IllegalStateException("moving"))
                        : CompletableFuture.completedFuture(FakeTwins.agree(request)));
        ActorRef<ClientCommand> client = open(fixture, connection, 0);
        String since = connectedSince(fixture, client);

        send(id, 1);

        patiently().until(() -> tries.get() == 4);
        assertThat(connectedSince(fixture, client)).isEqualTo(since);
        close(fixture, client);
        ClientFixture later = opened(connection, 0);
        send(id, 1, 2);
        patiently().untilAsserted(() -> assertThat(handled(later)).containsExactly(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "mqtt-5"})
    void acknowledge_what_they_give_up_on_once_the_broker_has_its_dead_letter(String type) {
        String id = id();
        Connection connection =
                connection(type, id, id + "/in/+", "'dead-letter-address': '" + id + "/dead'");
        ClientFixture fixture = fixture();
        fixture.retryBudget = Duration.ofMillis(200);
        fixture.twins.answer(
                _ -> CompletableFuture.failedFuture(new IllegalStateException("gone for long")));
        try (MqttProbe application = MqttProbe.listening(broker, id + "/dead")) {
            ActorRef<ClientCommand> client = open(fixture, connection, 0);
            String since = connectedSince(fixture, client);

            send(id, 1);

            patiently().untilAsserted(() -> assertThat(application.payloads()).hasSize(1));
            assertThat(value(Json.parse(application.payloads().getFirst()))).isZero();
            assertThat(connectedSince(fixture, client)).isEqualTo(since);
            close(fixture, client);
        }
        ClientFixture later = opened(connection, 0);
        send(id, 1, 2);
        patiently().untilAsserted(() -> assertThat(handled(later)).containsExactly(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "mqtt-5"})
    void make_the_link_anew_for_what_they_give_up_on_where_it_is_configured(String type) {
        String id = id();
        Connection connection =
                connection(
                        type,
                        id,
                        id + "/in/+",
                        "'reconnectForRedelivery': 'true', 'reconnectForRedeliveryDelay': '1s'");
        ClientFixture fixture = fixture();
        fixture.retryBudget = Duration.ofMillis(200);
        CompletableFuture<Done> back = new CompletableFuture<>();
        fixture.twins.answer(request ->
                back.isDone()
                        ? CompletableFuture.completedFuture(FakeTwins.agree(request))
                        : CompletableFuture.failedFuture(new IllegalStateException("moving")));
        ActorRef<ClientCommand> client = open(fixture, connection, 0);
        String since = connectedSince(fixture, client);

        send(id, 1);
        patiently().until(() -> !connectedSince(fixture, client).equals(since));
        int before = fixture.twins.requests.size();
        back.complete(Done.getInstance());

        patiently().until(() -> fixture.twins.requests.size() > before);
        assertThat(fixture.twins.requests)
                .allSatisfy(request -> assertThat(value(request.signal())).isZero());
    }

    private static String id() {
        return "clients-" + UUID.randomUUID();
    }

    private Connection shared(String id) {
        return connection("mqtt-5", id, "$share/" + id + "/" + id + "/in/+", "");
    }

    private Connection connection(String type, String id, String address, String options) {
        String json =
                """
                {'id': '%s', 'connectionType': '%s', 'connectionStatus': 'open', 'uri': '%s',
                 'clientCount': %d, 'specificConfig': {%s},
                 'sources': [{'addresses': ['%s'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                   'replyTarget': {'enabled': false}}]}
                """
                        .formatted(
                                id,
                                type,
                                broker.uri(),
                                address.startsWith("$share") ? 2 : 1,
                                options,
                                address);
        return ConnectionJson.read(Json.parse(json.replace('\'', '"')));
    }

    private ClientFixture fixture() {
        ClientFixture fixture = new ClientFixture();
        fixture.transports = new Transports(fixture.kit.system().settings().config())::of;
        fixture.bus.known.complete(Done.getInstance());
        fixtures.add(fixture);
        return fixture;
    }

    private ClientFixture opened(Connection connection, int index) {
        ClientFixture fixture = fixture();
        open(fixture, connection, index);
        return fixture;
    }

    private static ActorRef<ClientCommand> open(
            ClientFixture fixture, Connection connection, int index) {
        ActorRef<ClientCommand> client = fixture.start(connection, index);
        assertThat(fixture.awaitOpen(client).receiveMessage(Duration.ofSeconds(20)))
                .isEqualTo(new ConnectionReply.Done());
        return client;
    }

    private static void close(ClientFixture fixture, ActorRef<ClientCommand> client) {
        TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);
        client.tell(new ClientCommand.Close(closed.ref()));
        closed.receiveMessage(Duration.ofSeconds(20));
    }

    private static String connectedSince(ClientFixture fixture, ActorRef<ClientCommand> client) {
        return fixture.report(client, ReportKind.STATUS).json().path("connectedSince").asText();
    }

    /** A broker may give one client all that comes at once; says how many were sent. */
    private int sendUntil(String id, BooleanSupplier reached) {
        AtomicInteger sent = new AtomicInteger();
        patiently()
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!reached.getAsBoolean()) {
                        send(id, sent.get(), sent.addAndGet(MESSAGES));
                    }
                    return reached.getAsBoolean();
                });
        return sent.get();
    }

    private void send(String id, int count) {
        send(id, 0, count);
    }

    private void send(String id, int from, int to) {
        try (MqttProbe device = MqttProbe.at(broker)) {
            IntStream.range(from, to)
                    .forEach(n -> device.publish(id + "/in/" + n % 7, command(n), 1));
        }
    }

    private static String command(int n) {
        return """
        {"topic": "org.x/t%d/things/twin/commands/modify", "headers": {"correlation-id": "c-%d"},
         "path": "/attributes/x", "value": %d}
        """
                .formatted(n % 7, n, n);
    }

    private static List<Integer> handled(ClientFixture fixture) {
        return fixture.twins.requests.stream().map(it -> value(it.signal())).toList();
    }

    private static int value(Signal signal) {
        JsonNode value = signal.value();
        return value == null ? -1 : value.asInt();
    }

    private static int value(JsonNode envelope) {
        return envelope.path("value").asInt();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }
}
