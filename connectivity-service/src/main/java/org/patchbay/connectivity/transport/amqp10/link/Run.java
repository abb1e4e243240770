package org.patchbay.connectivity.transport.amqp10.link;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.PublishResult;

/**
 * Messages to one address that leave one after the other, until one is not taken now but may be
 * later. Those behind it that have not left yet share its answer, else they would overtake it.
 */
final class Run {

    private final AtomicReference<@Nullable PublishResult> end = new AtomicReference<>();

    /** Given to the library, without an answer of the broker. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private volatile boolean leaving;

    /** What those are answered with that have not left; null as long as they may leave. */
    @Nullable PublishResult end() {
        return end.get();
    }

    /** The first answer counts. */
    void end(PublishResult answer) {
        end.compareAndSet(null, answer);
    }

    /** One is given to the library, which holds it back as long as there is no credit. */
    void leaves() {
        unanswered.incrementAndGet();
        leaving = true;
    }

    void hasLeft() {
        leaving = false;
    }

    void answered() {
        unanswered.decrementAndGet();
    }

    /** Whether one is held back, and nothing that is under way will bring credit for it. */
    boolean isHeldBack() {
        return leaving && unanswered.get() == 1;
    }
}
