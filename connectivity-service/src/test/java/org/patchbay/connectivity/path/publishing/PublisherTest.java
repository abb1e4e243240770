package org.patchbay.connectivity.path.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.protocol.header.Headers;

class PublisherTest {

    private static final PublishResult NOT_NOW =
            new PublishResult(503, Headers.EMPTY, TextNode.valueOf("Too busy."));
    private static final PublishResult NEVER = new PublishResult(400, Headers.EMPTY, null);

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Publisher publisher =
            new Publisher(
                    new PublishSettings(Duration.ofSeconds(1), Duration.ofSeconds(5), 5),
                    (pause, work) -> {
                        pauses.add(pause);
                        later.add(work);
                    },
                    () -> Instant.EPOCH);
    private final Outlet outlet = publisher.outlet(new Told());

    @Test
    void keeps_messages_until_there_is_a_link_and_sends_them_in_order() {
        // Given
        Broker broker = new Broker().answering(PublishResult.OK);
        var first = outlet.publish(message("1"));
        var second = outlet.publish(message("2"));

        // When
        publisher.linkUp(broker);

        // Then
        assertThat(broker.addresses()).containsExactly("1", "2");
        assertThat(first).isCompletedWithValue(PublishResult.OK);
        assertThat(second).isCompletedWithValue(PublishResult.OK);
    }

    @Test
    void what_a_lost_link_did_not_take_goes_over_the_next_before_what_is_newer() {
        // Given
        Broker silent = new Broker();
        Broker working = new Broker().answering(PublishResult.OK);
        publisher.linkUp(silent);
        outlet.publish(message("1"));
        outlet.publish(message("2"));

        // When
        publisher.linkDown();
        outlet.publish(message("3"));
        publisher.linkUp(working);

        // Then
        assertThat(working.addresses()).containsExactly("1", "2", "3");
    }

    @Test
    void after_a_loss_the_oldest_goes_alone_until_it_is_taken() {
        // Given
        Broker silent = new Broker();
        Broker next = new Broker();
        publisher.linkUp(silent);
        outlet.publish(message("1"));
        outlet.publish(message("2"));
        publisher.linkDown();

        // When
        publisher.linkUp(next);

        // Then
        assertThat(next.addresses()).containsExactly("1");
        next.answer(0, PublishResult.OK);
        assertThat(next.addresses()).containsExactly("1", "2");
    }

    @Test
    void a_link_that_replaces_another_one_without_a_loss_takes_over_what_that_one_had() {
        // Given
        Broker stale = new Broker();
        Broker fresh = new Broker().answering(PublishResult.OK);
        publisher.linkUp(stale);
        var result = outlet.publish(message("1"));

        // When
        publisher.linkUp(fresh);

        // Then
        assertThat(fresh.addresses()).containsExactly("1");
        assertThat(result).isCompletedWithValue(PublishResult.OK);
    }

    @Test
    void what_the_lost_link_took_after_all_is_not_sent_again() {
        // Given
        Broker slow = new Broker();
        Broker next = new Broker();
        publisher.linkUp(slow);
        var result = outlet.publish(message("1"));
        publisher.linkDown();

        // When
        slow.answer(0, PublishResult.OK);
        publisher.linkUp(next);

        // Then
        assertThat(result).isCompletedWithValue(PublishResult.OK);
        assertThat(next.addresses()).isEmpty();
    }

    @Test
    void pauses_grow_up_to_their_bound_and_a_message_is_given_up_after_its_tries() {
        // Given
        Broker busy = new Broker().answering(NOT_NOW);
        publisher.linkUp(busy);
        var result = outlet.publish(message("1"));

        // When
        while (!later.isEmpty()) {
            later.removeFirst().run();
        }

        // Then
        assertThat(busy.addresses()).hasSize(5);
        assertThat(result.toCompletableFuture().join().status()).isEqualTo(503);
        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Test
    void a_link_too_slow_for_all_that_is_under_way_loses_none_of_it() {
        // Given
        Broker slow = new Broker();
        publisher.linkUp(slow);
        List<CompletableFuture<PublishResult>> results = tenPublished();

        // When
        while (slow.hasUnanswered()) {
            slow.answerOldest(PublishResult.OK);
            while (slow.hasUnanswered()) {
                slow.answerOldest(NOT_NOW);
            }
            List<Runnable> over = List.copyOf(later);
            later.clear();
            over.forEach(Runnable::run);
        }

        // Then
        assertThat(results).allMatch(one -> one.join().equals(PublishResult.OK));
    }

    @Test
    void a_link_that_is_lost_again_and_again_loses_none_of_what_was_under_way() {
        // Given
        Broker first = new Broker();
        publisher.linkUp(first);
        List<CompletableFuture<PublishResult>> results = tenPublished();

        // When
        Broker broker = first;
        while (broker.hasUnanswered()) {
            broker.answerOldest(PublishResult.OK);
            publisher.linkDown();
            broker = new Broker();
            publisher.linkUp(broker);
        }

        // Then
        assertThat(results).allMatch(one -> one.join().equals(PublishResult.OK));
    }

    private List<CompletableFuture<PublishResult>> tenPublished() {
        return IntStream.range(0, 10)
                .mapToObj(n -> outlet.publish(message("" + n)).toCompletableFuture())
                .toList();
    }

    @Test
    void an_outlet_that_fails_again_and_again_says_so_until_messages_are_taken() {
        // Given
        Broker broker = new Broker();
        publisher.linkUp(broker);
        outlet.publish(message("1"));
        broker.answer(0, NOT_NOW);
        assertThat(outlet.trouble()).isEmpty();

        // When
        later.removeFirst().run();
        broker.answer(1, NOT_NOW);

        // Then
        assertThat(outlet.trouble())
                .hasValueSatisfying(trouble ->
                        assertThat(trouble.description()).contains("Too busy.", "2000 ms"));
        later.removeFirst().run();
        broker.answer(2, PublishResult.OK);
        assertThat(outlet.trouble()).isEmpty();
        assertThat(told).containsExactly("failing 2", "recovered 2");
    }

    @Test
    void while_it_pauses_it_sends_nothing_and_then_the_oldest_alone() {
        // Given
        Broker broker = new Broker();
        publisher.linkUp(broker);
        outlet.publish(message("1"));
        outlet.publish(message("2"));

        // When
        broker.answer(0, NOT_NOW);
        broker.answer(1, NOT_NOW);
        outlet.publish(message("3"));
        assertThat(broker.addresses()).containsExactly("1", "2");
        assertThat(later).hasSize(1);
        later.removeFirst().run();

        // Then
        assertThat(broker.addresses()).containsExactly("1", "2", "1");
        broker.answer(2, PublishResult.OK);
        assertThat(broker.addresses()).containsExactly("1", "2", "1", "2", "3");
    }

    @Test
    void one_outlet_that_fails_does_not_pause_the_others() {
        // Given
        Outlet other = publisher.outlet(new Told());
        Broker broker = new Broker();
        publisher.linkUp(broker);
        outlet.publish(message("failing"));
        broker.answer(0, NOT_NOW);

        // When
        other.publish(message("fine"));
        broker.answer(1, PublishResult.OK);

        // Then
        assertThat(broker.addresses()).containsExactly("failing", "fine");
    }

    @Test
    void one_outlet_whose_messages_are_never_answered_leaves_room_for_the_others() {
        // Given
        Outlet other = publisher.outlet(new Told());
        Broker broker = new Broker().withWindow(4);
        publisher.linkUp(broker);

        // When
        for (int i = 0; i < 10; i++) {
            outlet.publish(message("stuck"));
        }
        other.publish(message("a"));
        other.publish(message("b"));

        // Then
        assertThat(broker.addresses()).containsExactly("stuck", "stuck", "a", "b");
    }

    @Test
    void a_message_the_broker_refuses_is_not_sent_twice() {
        // Given
        Broker refusing = new Broker().answering(NEVER);
        publisher.linkUp(refusing);

        // When
        var result = outlet.publish(message("1"));

        // Then
        assertThat(result).isCompletedWithValue(NEVER);
        assertThat(refusing.addresses()).hasSize(1);
        assertThat(later).isEmpty();
    }

    @Test
    void a_client_that_throws_fails_one_message_and_not_the_next() {
        // Given
        Broker broken = new Broker().throwing();
        publisher.linkUp(broken);
        var first = outlet.publish(message("1"));
        while (!later.isEmpty()) {
            later.removeFirst().run();
        }
        assertThat(first.toCompletableFuture().join().status()).isEqualTo(503);

        // When
        publisher.linkUp(new Broker().answering(PublishResult.OK));

        // Then
        assertThat(outlet.publish(message("2"))).isCompletedWithValue(PublishResult.OK);
    }

    @Test
    void a_full_outlet_refuses_and_has_room_again_when_half_of_it_is_taken() {
        // Given
        Outlet small = publisher.boundedOutlet(4, new Told());
        Broker broker = new Broker();
        publisher.linkUp(broker);
        List.of("1", "2", "3", "4").forEach(each -> small.publish(message(each)));

        // When
        var refused = small.publish(message("5"));
        var room = small.room().toCompletableFuture();

        // Then
        assertThat(refused).isCompletedWithValue(Outlet.FULL);
        assertThat(room).isNotDone();
        broker.answer(0, PublishResult.OK);
        assertThat(room).isNotDone();
        broker.answer(1, PublishResult.OK);
        assertThat(room).isDone();
    }

    @Test
    void nobody_waits_for_room_while_there_is_no_link() {
        // Given
        Outlet small = publisher.boundedOutlet(1, new Told());
        publisher.linkUp(new Broker());
        small.publish(message("1"));
        var room = small.room().toCompletableFuture();
        assertThat(room).isNotDone();

        // When
        publisher.linkDown();

        // Then
        assertThat(room).isDone();
    }

    @Test
    void gives_up_on_everything_when_it_is_closed() {
        // Given
        var waiting = outlet.publish(message("1"));

        // When
        publisher.close();

        // Then
        assertThat(waiting.toCompletableFuture().join().status()).isEqualTo(503);
        assertThat(outlet.publish(message("2")).toCompletableFuture().join().status())
                .isEqualTo(503);
    }

    private static Outbound message(String address) {
        return new Outbound(address, Headers.EMPTY, ByteBuffer.allocate(0), 1);
    }

    private final class Told implements Outlet.Watcher {
        @Override
        public void failing(Outlet.Trouble trouble) {
            told.add("failing " + trouble.failures());
        }

        @Override
        public void recovered(int failures) {
            told.add("recovered " + failures);
        }
    }

    /** Answers when the test says so, or at once. */
    private static final class Broker implements TransportClient {
        private record Sent(Outbound message, CompletableFuture<PublishResult> result) {}

        private final List<Sent> sent = new ArrayList<>();
        private @Nullable PublishResult atOnce;
        private int window = Integer.MAX_VALUE;
        private boolean throwing;

        Broker answering(PublishResult result) {
            atOnce = result;
            return this;
        }

        Broker withWindow(int messages) {
            window = messages;
            return this;
        }

        Broker throwing() {
            throwing = true;
            return this;
        }

        void answer(int number, PublishResult result) {
            sent.get(number).result().complete(result);
        }

        void answerOldest(PublishResult result) {
            unanswered().findFirst().orElseThrow().result().complete(result);
        }

        boolean hasUnanswered() {
            return unanswered().findAny().isPresent();
        }

        private Stream<Sent> unanswered() {
            return sent.stream().filter(one -> !one.result().isDone());
        }

        List<String> addresses() {
            return sent.stream().map(one -> one.message().address()).toList();
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
        public int publishWindow() {
            return window;
        }

        @Override
        public CompletionStage<PublishResult> publish(Outbound message) {
            if (throwing) {
                throw new IllegalStateException("broken");
            }
            Sent one = new Sent(message, new CompletableFuture<>());
            sent.add(one);
            if (atOnce != null) {
                one.result().complete(atOnce);
            }
            return one.result();
        }

        @Override
        public CompletionStage<Done> close() {
            return connect();
        }
    }
}
