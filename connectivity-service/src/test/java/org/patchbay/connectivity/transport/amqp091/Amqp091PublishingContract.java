package org.patchbay.connectivity.transport.amqp091;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.Amqp091Probe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/** Each message gets the answer that is meant for it: a test says which broker gives it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Amqp091PublishingContract {

    private static final String NOBODY = "amq.topic/nobody";
    private static final int MANY = 100;

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp091");
    private Amqp091Broker broker;
    private Amqp091Probe probe;
    private String exchange;

    abstract Amqp091Broker startBroker();

    @BeforeAll
    void startedBroker() {
        broker = startBroker();
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void makeExchange() {
        exchange = "exchange-" + UUID.randomUUID();
        probe = Amqp091Probe.at(broker).declareExchange(exchange);
    }

    @AfterEach
    void leave() {
        probe.close();
    }

    static Stream<Arguments> what_can_not_be_written() {
        String tooLong = "x".repeat(300);
        String wide = "ä".repeat(128);
        return Stream.of(
                Arguments.of("key", Map.of("correlation-id", tooLong), "'correlation-id'"),
                Arguments.of("key", Map.of("content-type", tooLong), "'content-type'"),
                Arguments.of("key", Map.of("reply-to", wide), "'reply-to'"),
                Arguments.of("key", Map.of(tooLong, "value"), tooLong),
                Arguments.of(tooLong, Map.of(), "routing key"),
                Arguments.of("key", Map.of("large", "x".repeat(300_000)), "frame"));
    }

    @ParameterizedTest
    @MethodSource
    void what_can_not_be_written(String key, Map<String, String> headers, String named) {
        try (LinkUnderTest link = connected(Amqp091Contract.CONFIG)) {
            var before = publish(link, exchange + "/key", Headers.EMPTY);

            var wrong = publish(link, exchange + "/" + key, Headers.of(headers));
            var after =
                    Stream.generate(() -> publish(link, exchange + "/key", Headers.EMPTY))
                            .limit(5)
                            .toList();

            assertThat(done(before).status()).isEqualTo(200);
            assertThat(done(wrong).status()).isEqualTo(400);
            assertThat(done(wrong).again()).isFalse();
            assertThat(String.valueOf(done(wrong).value())).contains(named);
            assertThat(after).allSatisfy(one -> assertThat(done(one).status()).isEqualTo(200));
            assertThat(probe.messages(exchange + ".rest")).isEqualTo(6);
        }
    }

    @Test
    void a_message_with_headers_that_no_queue_takes_is_not_published() {
        try (LinkUnderTest link = connected(Amqp091Contract.CONFIG)) {
            Headers headers =
                    Headers.of(
                            Map.of(
                                    "content-type", "text/plain",
                                    "correlation-id", "7",
                                    "reply-to", "answers",
                                    "Device", "lamp",
                                    "empty", "",
                                    "broken", "\ud800"));

            PublishResult result = done(publish(link, NOBODY, headers));

            assertThat(result.status()).isEqualTo(404);
        }
    }

    @Test
    void each_of_several_messages_that_no_queue_takes_is_not_published() {
        try (LinkUnderTest link = connected(Amqp091Contract.CONFIG)) {

            var results =
                    Stream.of("lamp", "door", "lamp")
                            .map(name -> publish(link, NOBODY, Headers.of(Map.of("device", name))))
                            .toList();

            assertThat(results).allSatisfy(one -> assertThat(done(one).status()).isEqualTo(404));
        }
    }

    @Test
    void of_messages_that_differ_by_a_header_the_one_that_no_queue_takes_is_not_published() {
        String queue = exchange + ".rest";
        probe.bind(queue, "amq.match", "", Map.of("x-match", "all", "device", "lamp"));
        try (LinkUnderTest link = connected(Amqp091Contract.CONFIG)) {

            var taken = publish(link, "amq.match", Headers.of(Map.of("device", "lamp")));
            var returned = publish(link, "amq.match", Headers.of(Map.of("device", "door")));

            assertThat(done(taken).status()).isEqualTo(200);
            assertThat(done(returned).status()).isEqualTo(404);
            assertThat(probe.messages(queue)).isOne();
        }
    }

    @Test
    void publishes_to_more_exchanges_than_channels_are_kept_and_each_message_once() {
        String other = exchange + "-other";
        probe.declareExchange(other);
        try (LinkUnderTest link = connected(new Amqp091Config(10, Duration.ofSeconds(30), 1))) {
            List<CompletionStage<PublishResult>> results = new ArrayList<>();

            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < MANY; i++) {
                    results.add(publish(link, exchange + "/key", Headers.EMPTY));
                }
                results.add(publish(link, other + "/key", Headers.EMPTY));
            }

            assertThat(results).allSatisfy(one -> assertThat(done(one).status()).isEqualTo(200));
            assertThat(probe.messages(exchange + ".rest")).isEqualTo(3 * MANY);
            assertThat(probe.messages(other + ".rest")).isEqualTo(3);
        }
    }

    private LinkUnderTest connected(Amqp091Config config) {
        Connection connection =
                Connections.of(
                        "connection",
                        ConnectionType.AMQP_091,
                        broker.uri(),
                        Map.of(),
                        List.of(),
                        List.of());
        return LinkUnderTest.connected(system, new Amqp091Transport(config), connection);
    }

    private static CompletionStage<PublishResult> publish(
            LinkUnderTest link, String address, Headers headers) {
        var payload = ByteBuffer.wrap("payload".getBytes(StandardCharsets.UTF_8));
        return link.client().publish(new Outbound(address, headers, payload, null));
    }
}
