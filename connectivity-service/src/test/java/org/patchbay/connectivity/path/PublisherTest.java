package org.patchbay.connectivity.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.protocol.Headers;

class PublisherTest {

    private final List<Runnable> later = new ArrayList<>();
    private final Publisher publisher = new Publisher((_, work) -> later.add(work));

    @Test
    void keeps_messages_until_there_is_a_link_and_sends_them_in_order() {
        // Given
        Broker broker = new Broker(200);
        var first = publisher.publish(message("1"));
        var second = publisher.publish(message("2"));

        // When
        publisher.linkUp(broker);

        // Then
        assertThat(broker.sent).containsExactly("1", "2");
        assertThat(first).isCompletedWithValue(PublishResult.OK);
        assertThat(second).isCompletedWithValue(PublishResult.OK);
    }

    @Test
    void what_a_lost_link_did_not_take_goes_over_the_next_before_what_is_newer() {
        // Given
        Broker broken = new Broker(503);
        Broker working = new Broker(200);
        publisher.linkUp(broken);
        publisher.publish(message("1"));

        // When
        publisher.linkDown();
        publisher.publish(message("2"));
        publisher.linkUp(working);

        // Then
        assertThat(working.sent).containsExactly("1", "2");
    }

    @Test
    void tries_again_over_a_link_that_stays_and_gives_up_in_the_end() {
        // Given
        Broker busy = new Broker(503);
        publisher.linkUp(busy);
        var result = publisher.publish(message("1"));

        // When
        while (!later.isEmpty()) {
            later.removeFirst().run();
        }

        // Then
        assertThat(busy.sent).hasSize(5);
        assertThat(result.toCompletableFuture().join().status()).isEqualTo(503);
    }

    @Test
    void a_message_the_broker_refuses_is_not_sent_twice() {
        // Given
        Broker refusing = new Broker(400);
        publisher.linkUp(refusing);

        // When
        var result = publisher.publish(message("1"));

        // Then
        assertThat(result.toCompletableFuture().join().status()).isEqualTo(400);
        assertThat(refusing.sent).hasSize(1);
        assertThat(later).isEmpty();
    }

    @Test
    void gives_up_on_everything_when_it_is_closed() {
        // Given
        var waiting = publisher.publish(message("1"));

        // When
        publisher.close();

        // Then
        assertThat(waiting.toCompletableFuture().join().status()).isEqualTo(503);
        assertThat(publisher.publish(message("2")).toCompletableFuture().join().status())
                .isEqualTo(503);
    }

    private static Outbound message(String address) {
        return new Outbound(address, Headers.EMPTY, ByteBuffer.allocate(0), 1);
    }

    /** Answers every message with the same status. */
    private static final class Broker implements TransportClient {
        private final List<String> sent = new ArrayList<>();
        private final PublishResult result;

        Broker(int status) {
            result =
                    status == 200
                            ? PublishResult.OK
                            : new PublishResult(status, Headers.EMPTY, null);
        }

        @Override
        public CompletionStage<Done> connect() {
            return CompletableFuture.completedFuture(Done.getInstance());
        }

        @Override
        public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
                Source source) {
            throw new UnsupportedOperationException("nothing to consume");
        }

        @Override
        public CompletionStage<PublishResult> publish(Outbound message) {
            sent.add(message.address());
            return CompletableFuture.completedFuture(result);
        }

        @Override
        public CompletionStage<Done> close() {
            return connect();
        }
    }
}
