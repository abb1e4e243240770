package org.patchbay.connectivity.transport;

import java.nio.ByteBuffer;
import org.patchbay.protocol.header.Headers;

/**
 * A message from a broker.
 *
 * @param headers as the transport documents them: {@code mqtt.topic}, user properties, {@code
 *     content-type}, {@code reply-to}, {@code correlation-id}
 * @param payload read-only
 * @param address where it was received: topic or queue
 * @param settlement to be called exactly once
 */
public record Inbound(Headers headers, ByteBuffer payload, String address, Settlement settlement) {

    /** Tells the broker what became of a message; the first call counts. */
    public interface Settlement {

        /** Done with: never again. */
        void accept();

        /**
         * Not wanted by anybody, however often it came: never again where the transport can say so.
         */
        void reject();

        /**
         * Could not be handled now: again, where the transport can say so, else it stays
         * unacknowledged until the link is made anew.
         */
        void redeliver();

        /** Whether {@link #reject} tells the broker anything that {@link #accept} does not. */
        default boolean canReject() {
            return false;
        }

        /**
         * Whether {@link #redeliver} makes the broker send the message again soon. Where it does
         * not, who gives up on a message should say so and accept it: left alone it would hold up
         * those behind it until the link is made anew.
         */
        default boolean canRedeliver() {
            return true;
        }
    }
}
