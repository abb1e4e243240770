package org.patchbay.connectivity.transport.kafka.publishing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The library can take a message once it has looked up its topic and has memory for it. What it
 * can't take yet waits here, with what is for the same topic behind it, and is offered again after
 * short pauses; messages of other topics pass. Holds a topic only while messages for it wait.
 */
final class TopicLanes {

    /** A message for the library. */
    interface Parcel {

        /**
         * Offers it; must not throw.
         *
         * @return false where the library can't take it yet
         */
        boolean offer();

        /** Whether what it was not taken for has lasted for long enough. */
        boolean isOverdue();

        /** It is offered no more. */
        void giveUp();
    }

    private static final Duration PAUSE_MIN = Duration.ofMillis(5);
    private static final Duration PAUSE_MAX = Duration.ofMillis(100);

    private final BiConsumer<Duration, Runnable> later;
    private final Map<String, Deque<Parcel>> lanes = new HashMap<>();

    /**
     * @param later runs something after a while
     */
    TopicLanes(BiConsumer<Duration, Runnable> later) {
        this.later = later;
    }

    /** Offers the message at once, or behind those of its topic that wait. */
    void add(String topic, Parcel parcel) {
        if (!follows(topic, parcel) && !parcel.offer() && begins(topic, parcel)) {
            later.accept(PAUSE_MIN, () -> offerAll(topic, PAUSE_MIN));
        }
    }

    /** Whether others of its topic wait, which it waits behind then. */
    private boolean follows(String topic, Parcel parcel) {
        synchronized (lanes) {
            Deque<Parcel> lane = lanes.get(topic);
            return lane != null && lane.add(parcel);
        }
    }

    /** Whether it is the first of its topic that waits. */
    private boolean begins(String topic, Parcel parcel) {
        synchronized (lanes) {
            Deque<Parcel> lane = lanes.computeIfAbsent(topic, _ -> new ArrayDeque<>());
            lane.add(parcel);
            return lane.size() == 1;
        }
    }

    /** Done by one thread at a time for a topic. */
    private void offerAll(String topic, Duration pause) {
        Parcel next = first(topic);
        while (next != null) {
            if (!next.offer()) {
                if (!next.isOverdue()) {
                    Duration twice = pause.multipliedBy(2);
                    Duration longer = twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
                    later.accept(longer, () -> offerAll(topic, longer));
                    return;
                }
                next.giveUp();
            }
            next = second(topic);
        }
    }

    private Parcel first(String topic) {
        synchronized (lanes) {
            return Objects.requireNonNull(lanes.get(topic)).getFirst();
        }
    }

    /** The next one after the first, which leaves. */
    private @Nullable Parcel second(String topic) {
        synchronized (lanes) {
            Deque<Parcel> lane = Objects.requireNonNull(lanes.get(topic));
            lane.removeFirst();
            if (lane.isEmpty()) {
                lanes.remove(topic);
            }
            return lane.peekFirst();
        }
    }

    /** How many topics have messages that wait. */
    int size() {
        synchronized (lanes) {
            return lanes.size();
        }
    }
}
