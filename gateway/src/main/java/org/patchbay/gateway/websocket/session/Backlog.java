package org.patchbay.gateway.websocket.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.cluster.bus.Publication;

/**
 * Counts what publishers have handed to a session and it has not looked at yet. What comes on top
 * is kept out of its mailbox, and the session is told that it misses something.
 */
final class Backlog implements Predicate<Publication> {

    private final int max;
    private final ActorRef<? super SessionMessage> session;
    private final AtomicInteger waiting = new AtomicInteger();

    Backlog(int max, ActorRef<? super SessionMessage> session) {
        this.max = max;
        this.session = session;
    }

    /** On the publisher's thread. */
    @Override
    public boolean test(Publication publication) {
        int before = waiting.getAndUpdate(count -> count < max ? count + 1 : count);
        if (before < max) {
            return true;
        }
        session.tell(new SessionMessage.Overrun());
        return false;
    }

    /** The session has got one. */
    void taken() {
        waiting.decrementAndGet();
    }
}
