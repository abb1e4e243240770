package org.patchbay.connectivity.transport.amqp10.link;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.jms.provider.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Why the broker ended a session. Some refuse an address so (RabbitMQ 3); the library tells whoever
 * waits for that address only that nobody answered.
 */
final class SessionEnds {

    private final Map<Session, AtomicReference<@Nullable Throwable>> asked =
            new ConcurrentHashMap<>();

    /** The broker has ended this one. */
    void ended(Session session, Throwable why) {
        AtomicReference<@Nullable Throwable> told = asked.get(session);
        if (told != null) {
            told.set(why);
        }
    }

    /** Asks for something in a session; fails with the reason why it was ended, if it was. */
    <T> T ask(Session session, Lane.Work<T> question) throws JMSException {
        AtomicReference<@Nullable Throwable> told = new AtomicReference<>();
        asked.put(session, told);
        try {
            return question.run();
        } catch (JMSException e) {
            if (told.get() instanceof ProviderException why) {
                throw why.toJMSException();
            }
            throw e;
        } finally {
            asked.remove(session);
        }
    }
}
