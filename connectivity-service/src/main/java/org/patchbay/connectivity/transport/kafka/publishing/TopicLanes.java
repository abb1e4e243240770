package org.patchbay.connectivity.transport.kafka.publishing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The library makes whoever sends wait until it knows the topic, and until there is memory for the
 * message. So messages are handed to it by threads of their own: those of one topic one after the
 * other, those of others beside them. Holds a topic only while it has messages.
 */
final class TopicLanes {

    private final Executor threads;
    private final Map<String, Deque<Runnable>> waiting = new HashMap<>();

    TopicLanes(Executor threads) {
        this.threads = threads;
    }

    /**
     * @param handOver hands one message over; must not throw
     */
    void add(String topic, Runnable handOver) {
        boolean first;
        synchronized (waiting) {
            first = !waiting.containsKey(topic);
            waiting.computeIfAbsent(topic, _ -> new ArrayDeque<>()).add(handOver);
        }
        if (first) {
            threads.execute(() -> handOverAll(topic));
        }
    }

    private void handOverAll(String topic) {
        Runnable next;
        while ((next = next(topic)) != null) {
            next.run();
        }
    }

    private @Nullable Runnable next(String topic) {
        synchronized (waiting) {
            Runnable next = Objects.requireNonNull(waiting.get(topic)).poll();
            if (next == null) {
                waiting.remove(topic);
            }
            return next;
        }
    }
}
