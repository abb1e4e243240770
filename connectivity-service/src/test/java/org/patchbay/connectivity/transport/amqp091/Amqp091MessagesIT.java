package org.patchbay.connectivity.transport.amqp091;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Amqp091Probe;
import org.patchbay.connectivity.broker.RabbitMq;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/** What AMQP 0.9.1 has beside what all transports have. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp091MessagesIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp091");
    private RabbitMq broker;
    private Amqp091Probe probe;
    private String queue;
    private String exchange;

    @BeforeAll
    void startBroker() {
        broker = RabbitMq.startedOrSkipped();
    }

    @AfterAll
    void stopBroker() {
        system.terminate();
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void makeQueueAndExchange() {
        queue = "queue-" + UUID.randomUUID();
        exchange = "exchange-" + UUID.randomUUID();
        probe = Amqp091Probe.at(broker).declareQueue(queue, Map.of()).declareExchange(exchange);
    }

    @AfterEach
    void leave() {
        probe.close();
    }

    @Test
    void properties_and_headers_of_a_message_become_headers() {
        try (LinkUnderTest link = consuming(queue)) {

            probe.send(
                    queue,
                    "payload",
                    new BasicProperties.Builder()
                            .contentType("text/plain")
                            .correlationId("7")
                            .replyTo("answers")
                            .headers(Map.of("device", "lamp", "level", 3))
                            .build());

            patiently().until(() -> !link.received().isEmpty());
            assertThat(link.received().getFirst().headers())
                    .isEqualTo(
                            Headers.of(
                                    Map.of(
                                            "content-type", "text/plain",
                                            "correlation-id", "7",
                                            "reply-to", "answers",
                                            "device", "lamp",
                                            "level", "3")));
        }
    }

    @Test
    void headers_become_properties_and_headers_of_a_message_that_is_kept() {
        probe.listen(exchange, "key");
        try (LinkUnderTest link = consuming(queue)) {
            Headers headers =
                    Headers.of(
                            Map.of(
                                    "content-type", "text/plain",
                                    "correlation-id", "7",
                                    "reply-to", "answers",
                                    "device", "lamp"));

            publish(link, exchange + "/key", headers);

            patiently().until(() -> !probe.heard().isEmpty());
            BasicProperties properties = probe.heard().getFirst().properties();
            assertThat(properties.getContentType()).isEqualTo("text/plain");
            assertThat(properties.getCorrelationId()).isEqualTo("7");
            assertThat(properties.getReplyTo()).isEqualTo("answers");
            assertThat(properties.getHeaders()).hasToString("{device=lamp}");
            assertThat(properties.getDeliveryMode()).isEqualTo(2);
        }
    }

    @Test
    void a_message_to_the_default_exchange_goes_to_the_queue_that_it_names() {
        String other = queue + "-other";
        probe.declareQueue(other, Map.of());
        try (LinkUnderTest link = consuming(queue)) {

            PublishResult result = publish(link, "/" + other, Headers.EMPTY);

            assertThat(result.status()).isEqualTo(200);
            assertThat(probe.take(other)).isNotNull();
        }
    }

    @Test
    void a_message_that_no_queue_takes_is_not_published() {
        try (LinkUnderTest link = consuming(queue)) {

            PublishResult result = publish(link, "/no-queue-of-this-name", Headers.EMPTY);

            assertThat(result.status()).isEqualTo(404);
            assertThat(String.valueOf(result.value())).contains("no-queue-of-this-name");
        }
    }

    @Test
    void a_missing_exchange_harms_nobody_else() {
        try (LinkUnderTest link = consuming(queue)) {
            CompletionStage<PublishResult> lost =
                    link.client().publish(message("missing/key", Headers.EMPTY));
            CompletionStage<PublishResult> fine =
                    link.client().publish(message(exchange + "/key", Headers.EMPTY));

            assertThat(done(lost).status()).isEqualTo(404);
            assertThat(done(fine).status()).isEqualTo(200);

            probe.declareExchange("missing");
            assertThat(publish(link, "missing/key", Headers.EMPTY).status()).isEqualTo(200);
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void a_full_queue_that_refuses_is_told() {
        String full = queue + "-full";
        probe.declareQueue(full, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        try (LinkUnderTest link = consuming(queue)) {
            assertThat(publish(link, "/" + full, Headers.EMPTY).status()).isEqualTo(200);

            PublishResult result = publish(link, "/" + full, Headers.EMPTY);

            assertThat(result.status()).isEqualTo(503);
        }
    }

    @Test
    void a_rejected_message_goes_to_the_dead_letter_exchange_of_its_queue() {
        String dead = queue + "-dead";
        String source = queue + "-source";
        probe.declareQueue(dead, Map.of())
                .declareQueue(
                        source,
                        Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", dead));
        try (LinkUnderTest link =
                LinkUnderTest.consuming(
                        system,
                        transport(),
                        connection(source),
                        message -> message.settlement().reject())) {

            probe.send(source, "poison", new BasicProperties());

            patiently().until(() -> link.received().size() == 1);
            patiently().until(() -> probe.take(dead) != null);
        }
    }

    @Test
    void a_message_wanted_again_comes_again_over_the_same_link() {
        try (LinkUnderTest link =
                LinkUnderTest.consuming(system, transport(), connection(queue), message -> {})) {
            probe.send(queue, "again", new BasicProperties());
            patiently().until(() -> link.received().size() == 1);

            link.received().getFirst().settlement().redeliver();

            patiently().until(() -> link.payloads().equals(List.of("again", "again")));
        }
    }

    @Test
    void a_deleted_queue_ends_the_link_so_that_it_is_made_anew() {
        try (LinkUnderTest link = consuming(queue)) {

            probe.deleteQueue(queue);

            patiently().until(() -> !link.lost().isEmpty());
            assertThat(link.lost().getFirst().description()).contains(queue);
        }
    }

    @Test
    void a_channel_that_the_broker_closes_ends_the_link_so_that_it_is_made_anew() {
        broker.acknowledgedWithin(Duration.ofMillis(200));
        try (LinkUnderTest link =
                LinkUnderTest.consuming(system, transport(), connection(queue), message -> {})) {

            probe.send(queue, "kept too long", new BasicProperties());

            patiently().until(() -> !link.lost().isEmpty());
            assertThat(link.lost()).hasSize(1);
            Failure failure = link.lost().getFirst();
            assertThat(failure.description()).contains(queue).contains("PRECONDITION_FAILED");
            assertThat(failure.blame()).isEqualTo(Failure.Blame.SYSTEM);
            link.received().forEach(Amqp091MessagesIT::settle);
            assertThat(link.streams().getFirst()).failsWithin(Duration.ofSeconds(30));
        } finally {
            broker.acknowledgedWithin(RabbitMq.LONG);
        }
        try (LinkUnderTest anew = consuming(queue)) {
            patiently().until(() -> anew.payloads().equals(List.of("kept too long")));
        }
    }

    @Test
    void of_several_queues_the_missing_one_is_blamed_alone() {
        Connection connection =
                Connections.of(
                        "connection",
                        ConnectionType.AMQP_091,
                        broker.uri(),
                        Map.of(),
                        List.of(Connections.source(null, List.of(queue, "no-such-queue"))),
                        List.of());
        try (LinkUnderTest link = LinkUnderTest.connected(system, transport(), connection)) {

            var granted = link.consume(connection.sources().getFirst(), message -> {});

            assertThat(granted)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("no-such-queue");
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void blames_the_user_for_a_queue_that_is_not_there() {
        Connection connection = connection("no-such-queue");
        try (LinkUnderTest link = LinkUnderTest.connected(system, transport(), connection)) {

            var granted = link.consume(connection.sources().getFirst(), message -> {});

            assertThat(granted)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("no-such-queue");
        }
    }

    @Test
    void a_broker_that_takes_no_messages_is_told_and_consuming_goes_on() {
        try (LinkUnderTest link = consuming(queue)) {
            broker.block(true);
            try {
                CompletionStage<PublishResult> later =
                        link.client().publish(message(exchange + "/key", Headers.EMPTY));
                patiently().until(() -> link.impairments().size() == 1);
                assertThat(later.toCompletableFuture()).isNotDone();

                broker.block(false);

                assertThat(done(later).status()).isEqualTo(200);
                patiently().until(() -> link.impairments().isEmpty());
            } finally {
                broker.block(false);
            }
        }
    }

    @Test
    void blames_the_user_for_a_virtual_host_that_is_not_there() {
        Connection connection =
                Connections.of(
                        "id",
                        ConnectionType.AMQP_091,
                        broker.uri(TestBroker.USER, TestBroker.PASSWORD) + "/elsewhere",
                        Map.of(),
                        List.of(Connections.source(null, List.of(queue))),
                        List.of());
        LinkUnderTest link = LinkUnderTest.of(system, transport(), connection);

        assertThat(link.client().connect())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("elsewhere");
    }

    private LinkUnderTest consuming(String source) {
        return LinkUnderTest.consuming(
                system, transport(), connection(source), message -> settle(message));
    }

    private static void settle(Inbound message) {
        message.settlement().accept();
    }

    private static Amqp091Transport transport() {
        return new Amqp091Transport(Amqp091Contract.CONFIG);
    }

    private Connection connection(String source) {
        return Connections.of(
                "connection",
                ConnectionType.AMQP_091,
                broker.uri(),
                Map.of(),
                List.of(Connections.source(null, List.of(source))),
                List.of());
    }

    private static PublishResult publish(LinkUnderTest link, String address, Headers headers) {
        return done(link.client().publish(message(address, headers)));
    }

    private static Outbound message(String address, Headers headers) {
        var payload = ByteBuffer.wrap("payload".getBytes(StandardCharsets.UTF_8));
        return new Outbound(address, headers, payload, null);
    }
}
