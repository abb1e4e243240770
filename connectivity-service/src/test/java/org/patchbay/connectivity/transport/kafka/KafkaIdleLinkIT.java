package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.broker.KafkaProbe.bytes;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.protocol.header.Headers;

/** A link over which nothing goes for longer than its connections are kept for. */
class KafkaIdleLinkIT extends KafkaScene {

    private static final Duration IDLE_MAX = Duration.ofSeconds(1);

    @Test
    void a_link_that_was_idle_is_not_lost_and_goes_on() {
        String out = topic + "-out";
        probe.createTopic(topic, 1).listen(out);
        Connection connection =
                KafkaConnections.to(
                        "connection",
                        broker.uri(),
                        Map.of("groupId", group),
                        List.of(Connections.source(1, List.of(topic))));
        try (LinkUnderTest link =
                LinkUnderTest.consuming(
                        system, transport(), connection, one -> one.settlement().accept())) {
            probe.send(topic, List.of("before"));
            assertThat(published(link, out, "before")).isEqualTo(204);

            Awaitility.await().pollDelay(IDLE_MAX.multipliedBy(4)).until(() -> true);
            assertThat(link.lost()).isEmpty();

            probe.send(topic, List.of("after"));
            assertThat(published(link, out, "after")).isEqualTo(204);
            patiently().until(() -> link.payloads().equals(List.of("before", "after")));
            patiently().until(() -> probe.payloads().equals(List.of("before", "after")));
            assertThat(link.lost()).isEmpty();
        }
    }

    private static int published(LinkUnderTest link, String to, String payload) {
        var message = new Outbound(to, Headers.EMPTY, ByteBuffer.wrap(bytes(payload)), null);
        return done(link.client().publish(message)).status();
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
                        IDLE_MAX,
                        config.consuming(),
                        config.publishing()));
    }
}
