package org.patchbay.gateway.twins;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;

/**
 * Waits for everything that answers one request: the twin's own answer, a live response,
 * acknowledgements. Ends when all have come, when the time is up, or when the twin refuses.
 */
final class ReplyCollector {

    private final Set<String> expected;
    private final CompletableFuture<Map<String, Signal>> collected;
    private final Map<String, Signal> replies = new LinkedHashMap<>();

    /**
     * What the collector tells itself when the time is up; no signal of this kind comes from
     * elsewhere.
     */
    private static final Object TIME_IS_UP = new Object();

    private ReplyCollector(Set<String> expected, CompletableFuture<Map<String, Signal>> collected) {
        this.expected = expected;
        this.collected = collected;
    }

    /**
     * @param expected labels of what is waited for
     * @param collected gets what has come, by label, when the waiting is over
     */
    static Behavior<Signal> create(
            Set<String> expected,
            Duration timeout,
            CompletableFuture<Map<String, Signal>> collected) {
        return Behaviors.<Object>withTimers(
                        timers -> {
                            timers.startSingleTimer(TIME_IS_UP, timeout);
                            return new ReplyCollector(expected, collected).collecting();
                        })
                .narrow();
    }

    private Behavior<Object> collecting() {
        return Behaviors.receiveMessage(message -> {
            if (message instanceof Signal signal) {
                String label = labelOf(signal);
                if (label != null && expected.contains(label)) {
                    replies.putIfAbsent(label, signal);
                }
                if (!replies.keySet().containsAll(expected) && !refuses(signal)) {
                    return Behaviors.same();
                }
            }
            collected.complete(Map.copyOf(replies));
            return Behaviors.stopped();
        });
    }

    /** A command that the twin refuses causes nothing that could be acknowledged. */
    private static boolean refuses(Signal signal) {
        return signal.isError() && signal.topic().channel() != Channel.LIVE;
    }

    /** What a signal answers to, or null where it is no answer. */
    static @Nullable String labelOf(Signal signal) {
        if (signal.topic().criterion() == Criterion.ACKS) {
            return signal.topic().action();
        }
        if (!signal.isResponse()) {
            return null;
        }
        return signal.topic().channel() == Channel.LIVE
                ? AckLabels.LIVE_RESPONSE
                : AckLabels.TWIN_PERSISTED;
    }
}
