package org.patchbay.connectivity.transport.mqtt.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.mqtt.MqttConnections;
import org.patchbay.protocol.header.Headers;

class InboxTest {

    private final ActorTestKit kit = ActorTestKit.create();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Inbox inbox =
            new Inbox(MqttConnections.source(1, List.of("#")), one -> lost.add(one.address()));

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void what_no_broker_keeps_is_told_of_when_the_link_ends_before_it_is_taken() {
        // Given
        inbox.offer(message("held"), false);
        run();
        await().until(() -> taken.equals(List.of("held")));
        inbox.offer(message("waiting"), false);
        inbox.offer(message("kept"), true);

        // When
        inbox.fail(Failure.bySystem("The link is gone.", null));

        // Then
        await().until(() -> lost.equals(List.of("waiting")));
        inbox.offer(message("late"), false);
        inbox.offer(message("late and kept"), true);
        assertThat(lost).containsExactly("waiting", "late");
        assertThat(taken).containsExactly("held");
    }

    @Test
    void so_it_is_where_nothing_was_ever_consumed() {
        // Given
        inbox.offer(message("held"), false);
        inbox.offer(message("kept"), true);

        // When
        inbox.close();

        // Then
        assertThat(lost).containsExactly("held");
    }

    /** A stream that takes one message and is busy with it for ever. */
    private void run() {
        inbox.stream(() -> CompletableFuture.completedFuture(Done.getInstance()))
                .mapAsync(
                        1,
                        message -> {
                            taken.add(message.address());
                            return new CompletableFuture<Done>();
                        })
                .to(Sink.ignore())
                .run(kit.system());
    }

    private static Inbound message(String address) {
        Inbound.Settlement nothing =
                new Inbound.Settlement() {
                    @Override
                    public void accept() {}

                    @Override
                    public void reject() {}

                    @Override
                    public void redeliver() {}
                };
        return new Inbound(Headers.EMPTY, ByteBuffer.allocate(0), address, nothing);
    }
}
