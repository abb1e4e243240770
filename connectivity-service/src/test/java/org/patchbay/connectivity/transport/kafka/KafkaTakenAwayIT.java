package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.broker.KafkaProbe.bytes;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/** What a link makes of it that something is not there any more, or not allowed any more. */
class KafkaTakenAwayIT extends KafkaScene {

    @Override
    EmbeddedKafka startBroker() {
        return EmbeddedKafka.makingNoTopics();
    }

    @BeforeEach
    void createTopic() {
        probe.createTopic(topic, 1);
    }

    @Test
    void a_topic_that_is_deleted_ends_the_link_and_the_next_one_when_it_is_there_again_consumes() {
        try (LinkUnderTest link = consuming()) {
            probe.send(topic, List.of("one"));
            patiently().until(() -> link.payloads().equals(List.of("one")));

            probe.delete(topic);

            patiently().until(() -> !link.lost().isEmpty());
            Failure failure = link.lost().getFirst();
            assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
            assertThat(failure).hasMessageContaining("no such topics").hasMessageContaining(topic);
        }
        probe.createTopic(topic, 1);
        try (LinkUnderTest link = consuming()) {
            probe.send(topic, List.of("two"));
            patiently().until(() -> link.payloads().equals(List.of("two")));
        }
    }

    @Test
    void a_topic_that_is_made_anew_at_once_is_consumed_from_its_beginning() {
        try (LinkUnderTest link = consuming()) {
            probe.send(topic, List.of("one", "two"));
            patiently().until(() -> link.payloads().equals(List.of("one", "two")));

            probe.delete(topic);
            probe.createTopic(topic, 1);
            probe.send(topic, List.of("three"));

            patiently().until(() -> link.payloads().equals(List.of("one", "two", "three")));
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void who_may_publish_nothing_any_more_publishes_over_another_link_when_he_may_again() {
        probe.forbidWriting();
        try (LinkUnderTest link = LinkUnderTest.connected(system, transport(), connection())) {

            assertThat(published(link).status()).isEqualTo(503);

            patiently().until(() -> !link.lost().isEmpty());
            Failure failure = link.lost().getFirst();
            assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
            assertThat(failure).hasMessageContaining("publish nothing");
        } finally {
            probe.allowWriting();
        }
        try (LinkUnderTest link = LinkUnderTest.connected(system, transport(), connection())) {
            assertThat(published(link).status()).isEqualTo(204);
        }
    }

    @Test
    void a_client_that_connects_to_where_nobody_may_go_any_more_ends_the_link_soon() {
        AtomicBoolean allowed = new AtomicBoolean(true);
        Connection connection = connection();
        try (LinkUnderTest link =
                LinkUnderTest.of(system, transport(), connection, (_, _) -> allowed.get())) {
            done(link.client().connect());

            allowed.set(false);
            var _ = link.consume(connection.sources().getFirst(), _ -> {});

            patiently().until(() -> !link.lost().isEmpty());
            assertThat(link.lost().getFirst()).hasMessageContaining("blocked");
        }
    }

    private LinkUnderTest consuming() {
        return LinkUnderTest.consuming(
                system, transport(), connection(), one -> one.settlement().accept());
    }

    private Connection connection() {
        return KafkaConnections.to(
                "connection",
                broker.uri(),
                Map.of("groupId", topic),
                List.of(Connections.source(1, List.of(topic))));
    }

    /** Nobody is asked but for a reason. */
    private static KafkaTransport transport() {
        KafkaConfig config = KafkaConnections.config();
        return new KafkaTransport(
                new KafkaConfig(
                        config.answerTimeout(),
                        config.transferTimeout(),
                        Duration.ofHours(1),
                        config.metadataMaxAge(),
                        config.connectionIdleMax(),
                        config.consuming(),
                        config.publishing()));
    }

    private PublishResult published(LinkUnderTest link) {
        var payload = ByteBuffer.wrap(bytes("payload"));
        return done(link.client().publish(new Outbound(topic, Headers.EMPTY, payload, null)));
    }
}
