package org.patchbay.connectivity.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.twins.Twins;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

class WindowsTest {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Problem BUSY = Problem.of(503, "things:thing.unavailable", "Busy.");

    private final Deque<Runnable> paused = new ArrayDeque<>();
    private final AskedTwins twins = new AskedTwins();
    private final Windows windows = new Windows(twins, (_, work) -> paused.add(work));
    private final List<String> done = new ArrayList<>();
    private final List<String> untouched = new ArrayList<>();

    @Test
    void what_comes_while_a_window_is_under_way_goes_together_in_the_next() {
        // Given
        send("a", "1");
        send("a", "2");
        send("b", "x");
        send("a", "3");
        assertThat(twins.asked).containsExactly("1", "x");

        // When
        twins.answerAll();

        // Then
        assertThat(twins.asked).containsExactly("1", "x", "2 3");
        twins.answerAll();
        assertThat(done).containsExactly("1", "x", "2", "3");
        assertThat(windows.size()).isZero();
    }

    @Test
    void a_window_without_an_answer_goes_again_whole_and_in_order_before_what_came_since() {
        // Given
        send("a", "1");
        send("a", "2");
        send("a", "3");
        twins.answerAll();

        // When
        twins.fail();
        send("a", "4");
        assertThat(twins.asked).containsExactly("1", "2 3");
        paused.remove().run();

        // Then
        assertThat(twins.asked).containsExactly("1", "2 3", "2 3 4");
        twins.answerAll();
        assertThat(done).containsExactly("1", "2", "3", "4");
    }

    @Test
    void what_an_entity_did_not_come_to_goes_at_once() {
        // Given
        IntStream.rangeClosed(0, 4).forEach(i -> send("a", "" + i));
        twins.answerAll();

        // When
        twins.answer(2, null);

        // Then
        assertThat(untouched).containsExactly("3", "4");
        assertThat(twins.asked).containsExactly("0", "1 2 3 4", "3 4");
        twins.answerAll();
        assertThat(done).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void what_may_succeed_later_holds_back_those_behind_it() {
        // Given
        IntStream.rangeClosed(0, 3).forEach(i -> send("a", "" + i));
        twins.answerAll();

        // When
        twins.answer(2, BUSY);

        // Then
        assertThat(done).containsExactly("0", "1");
        assertThat(twins.asked).containsExactly("0", "1 2 3");
        paused.remove().run();
        assertThat(twins.asked).containsExactly("0", "1 2 3", "2 3");
    }

    @Test
    void what_travels_alone_shares_no_window_and_keeps_its_place() {
        // Given
        send("a", "1");
        send("a", "2");
        windows.send(new Sent("a", "alone", false));
        send("a", "3");

        // When
        IntStream.range(0, 4).forEach(_ -> twins.answerAll());

        // Then
        assertThat(twins.asked).containsExactly("1", "2", "alone", "3");
    }

    @Test
    void a_window_is_bounded_in_number_and_in_size() {
        // Given
        IntStream.range(0, 130).forEach(i -> send("many", "" + i));
        send("large", "first");
        IntStream.range(0, 3).forEach(i -> send("large", "%0100000d".formatted(i)));

        // When
        twins.answerAll();

        // Then
        assertThat(twins.asked.get(2).split(" ")).hasSize(128);
        assertThat(twins.asked.get(3).split(" ")).hasSize(2);
    }

    private void send(String thing, String name) {
        windows.send(new Sent(thing, name, true));
    }

    private final class Sent implements Windows.Parcel {

        private final Signal signal;
        private final boolean shares;

        Sent(String thing, String name, boolean shares) {
            this.shares = shares;
            this.signal =
                    Signal.command(
                            TopicPath.parse("ns/" + thing + "/things/twin/commands/modify"),
                            JsonPointer.ROOT,
                            Headers.EMPTY,
                            TextNode.valueOf(name));
        }

        @Override
        public Signal signal() {
            return signal;
        }

        @Override
        public boolean sharesWindow() {
            return shares;
        }

        @Override
        public CompletionStage<SignalRequest> request() {
            return CompletableFuture.completedStage(
                    new SignalRequest(signal, AuthorizationContext.of("x:y"), null, null));
        }

        @Override
        public CompletionStage<Optional<Duration>> answered(Signal answer) {
            if (answer.isPassingFailure()) {
                return CompletableFuture.completedStage(Optional.of(PAUSE));
            }
            done.add(nameOf(signal));
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public Optional<Duration> unanswered(Throwable why) {
            return Optional.of(PAUSE);
        }

        @Override
        public void untouched() {
            untouched.add(nameOf(signal));
        }
    }

    private static String nameOf(Signal signal) {
        return signal.value().textValue();
    }

    /** Twins that answer when a test says so. */
    private static final class AskedTwins implements Twins {

        private record Open(List<Signal> signals, CompletableFuture<SignalAnswers> result) {}

        final List<String> asked = new ArrayList<>();
        private final Deque<Open> open = new ArrayDeque<>();

        @Override
        public CompletionStage<Signal> ask(SignalRequest request) {
            return ask(new SignalWindow(List.of(request)))
                    .thenApply(answers -> answers.answers().getFirst());
        }

        @Override
        public CompletionStage<SignalAnswers> ask(SignalWindow window) {
            List<Signal> signals = window.requests().stream().map(SignalRequest::signal).toList();
            asked.add(String.join(" ", signals.stream().map(WindowsTest::nameOf).toList()));
            CompletableFuture<SignalAnswers> result = new CompletableFuture<>();
            open.add(new Open(signals, result));
            return result;
        }

        /** All that are open now, not those that come of it. */
        void answerAll() {
            List<Open> now = List.copyOf(open);
            open.clear();
            now.forEach(one -> one.result().complete(answers(one.signals(), null)));
        }

        /** So many of the oldest window. */
        void answer(int signals, @Nullable Problem last) {
            Open oldest = open.remove();
            oldest.result().complete(answers(oldest.signals().subList(0, signals), last));
        }

        void fail() {
            open.remove().result().completeExceptionally(new TimeoutException("no answer"));
        }

        private static SignalAnswers answers(List<Signal> signals, @Nullable Problem last) {
            List<Signal> answers = new ArrayList<>();
            signals.forEach(signal -> answers.add(signal.respond(204, Headers.EMPTY, null)));
            if (last != null) {
                answers.removeLast();
                answers.add(signals.getLast().fail(last, Headers.EMPTY));
            }
            return new SignalAnswers(answers);
        }
    }
}
