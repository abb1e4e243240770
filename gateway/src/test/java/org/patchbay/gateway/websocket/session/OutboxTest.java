package org.patchbay.gateway.websocket.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchbay.gateway.websocket.message.Incoming;
import org.patchbay.gateway.websocket.message.SocketProblems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;

class OutboxTest {

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void what_waits_is_sent_in_order_and_the_last_word_last() {
        Outbox outbox = new Outbox(8);
        SinkQueueWithCancel<String> client = client(outbox);

        outbox.offer("one");
        outbox.offer("two");
        outbox.close(stopping());

        assertThat(next(client)).isEqualTo("one");
        assertThat(next(client)).isEqualTo("two");
        assertThat(next(client)).contains("gateway:websocket.session.aborted");
        assertThat(pull(client)).isEmpty();
    }

    @Test
    void it_holds_so_much_and_no_more() {
        Outbox outbox = new Outbox(4);
        SinkQueueWithCancel<String> client = client(outbox);

        // What the stream behind it has taken in already is a few.
        long taken =
                List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21)
                        .stream()
                        .filter(i -> outbox.offer("m" + i))
                        .count();

        assertThat(taken).isBetween(4L, 20L);
        outbox.close(null);
        for (int i = 1; i <= taken; i++) {
            assertThat(next(client)).isEqualTo("m" + i);
        }
        assertThat(pull(client)).isEmpty();
    }

    @Test
    void one_that_is_closed_before_it_is_connected_says_its_last_word_all_the_same() {
        Outbox outbox = new Outbox(4);
        outbox.close(stopping());
        outbox.close(null);

        SinkQueueWithCancel<String> client = client(outbox);

        assertThat(next(client)).contains("gateway:websocket.session.aborted");
        assertThat(pull(client)).isEmpty();
    }

    private static Signal stopping() {
        return Incoming.unreadable(SocketProblems.stopping(), Headers.EMPTY).error();
    }

    private static SinkQueueWithCancel<String> client(Outbox outbox) {
        return outbox.messages().runWith(Sink.queue(1), kit.system());
    }

    private static String next(SinkQueueWithCancel<String> client) {
        return pull(client).orElseThrow();
    }

    private static java.util.Optional<String> pull(SinkQueueWithCancel<String> client) {
        return client.pull()
                .toCompletableFuture()
                .orTimeout(
                        Duration.ofSeconds(10).toMillis(),
                        java.util.concurrent.TimeUnit.MILLISECONDS)
                .join();
    }
}
