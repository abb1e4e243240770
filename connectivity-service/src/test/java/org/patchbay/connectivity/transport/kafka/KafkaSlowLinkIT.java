package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.broker.KafkaProbe.bytes;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.proxy.TcpProxy;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/** A link that carries less than is to go over it is slow, and nothing else. */
@Tag("ci")
class KafkaSlowLinkIT extends KafkaScene {

    /** Thirty of them are half as much again as the memory of a producer. */
    private static final int LARGE = 800_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TcpProxy proxy;

    @BeforeAll
    void standBetween() {
        proxy = TcpProxy.at(broker.frontPort(), broker.behindFront());
    }

    @AfterAll
    void stepAside() {
        proxy.close();
    }

    @AfterEach
    void hurry() {
        proxy.fullSpeed();
    }

    /** Memory takes longer to become free here than a topic may take to appear. */
    @Test
    void what_a_producer_has_no_memory_for_waits_until_it_has() {
        probe.createTopic(topic, 2).listen(topic);
        KafkaTransport impatient = waitingForTopics(Duration.ofMillis(200));
        try (LinkUnderTest link = LinkUnderTest.connected(system, impatient, connection())) {
            patiently().until(() -> done(publish(link, topic + "#0", "first")).status() == 204);
            List<CompletableFuture<PublishResult>> results = new ArrayList<>();
            proxy.hold();

            IntStream.range(0, 30)
                    .forEach(n -> results.add(publish(link, topic + "#" + n % 2, large(n))));

            assertThat(results).noneMatch(CompletableFuture::isDone);
            proxy.slowDown(10_000_000);
            proxy.letGo();
            patiently().until(() -> results.stream().allMatch(CompletableFuture::isDone));
            assertThat(results).extracting(one -> one.join().status()).containsOnly(204);
            assertThat(link.lost()).isEmpty();
        }
        patiently().until(() -> numbers(0).size() + numbers(1).size() == 30);
        assertThat(numbers(0)).isEqualTo(IntStream.range(0, 15).map(n -> 2 * n).boxed().toList());
        assertThat(numbers(1))
                .isEqualTo(IntStream.range(0, 15).map(n -> 2 * n + 1).boxed().toList());
    }

    private static KafkaTransport waitingForTopics(Duration most) {
        KafkaConfig config = KafkaConnections.config();
        return new KafkaTransport(
                new KafkaConfig(
                        config.answerTimeout(),
                        config.transferTimeout(),
                        config.checkInterval(),
                        config.metadataMaxAge(),
                        config.connectionIdleMax(),
                        config.consuming(),
                        new KafkaConfig.Publishing(config.publishing().unansweredMax(), most)));
    }

    private static CompletableFuture<PublishResult> publish(
            LinkUnderTest link, String address, String payload) {
        var message = new Outbound(address, Headers.EMPTY, ByteBuffer.wrap(bytes(payload)), null);
        return link.client().publish(message).toCompletableFuture();
    }

    /** A number and much else. */
    private static String large(int number) {
        return number + "x".repeat(LARGE);
    }

    private static int number(String large) {
        return Integer.parseInt(large.substring(0, large.indexOf('x')));
    }

    /** Of the large messages that were published to a partition. */
    private List<Integer> numbers(int partition) {
        return probe.heard().stream()
                .filter(one -> one.partition() == partition && one.value().length > LARGE)
                .map(one -> number(new String(one.value())))
                .toList();
    }

    @Test
    void a_message_may_take_longer_to_go_than_the_broker_to_answer() {
        probe.createTopic(topic, 1);
        var transport = new KafkaTransport(KafkaConnections.config());
        try (LinkUnderTest link = LinkUnderTest.connected(system, transport, connection())) {
            patiently().until(() -> done(publish(link, topic, "first")).status() == 204);

            proxy.slowDown(130_000);

            assertThat(done(publish(link, topic, large(0))).status()).isEqualTo(204);
            assertThat(link.lost()).isEmpty();
        }
    }

    /** An answer of the broker has something of each partition. */
    @Test
    void an_answer_may_take_longer_to_come_than_the_broker_to_answer() {
        probe.createTopic(topic, 3);
        var transport = new KafkaTransport(KafkaConnections.config());
        try (LinkUnderTest link =
                LinkUnderTest.consuming(
                        system, transport, connection(), one -> one.settlement().accept())) {
            probe.send(new ProducerRecord<>(topic, 0, null, bytes("first")));
            patiently().until(() -> link.payloads().equals(List.of("first")));

            proxy.slowDown(130_000);
            for (int n = 0; n < 3; n++) {
                probe.send(new ProducerRecord<>(topic, n, null, bytes(large(n))));
            }

            patiently().atMost(MINUTE).until(() -> link.received().size() == 4);
            assertThat(link.payloads().stream().skip(1).map(KafkaSlowLinkIT::number))
                    .containsExactlyInAnyOrder(0, 1, 2);
            assertThat(link.lost()).isEmpty();
        }
    }

    private Connection connection() {
        return KafkaConnections.to(
                "connection",
                "tcp://127.0.0.1:" + broker.frontPort(),
                Map.of("groupId", group),
                List.of(Connections.source(1, List.of(topic))));
    }
}
