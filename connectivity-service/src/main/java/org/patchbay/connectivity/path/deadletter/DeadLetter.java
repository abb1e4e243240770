package org.patchbay.connectivity.path.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * A message that could not be handled, as far as it came.
 *
 * @param headers those of the message
 * @param source where it came in, null for what was to leave
 * @param target where it was to go, as far as that is known; null for what came in
 * @param signal what is known of its content
 */
public record DeadLetter(
        Headers headers,
        ByteBuffer payload,
        Ending ending,
        @Nullable String source,
        @Nullable String target,
        @Nullable Signal signal) {

    private static final String PROTOCOL = "application/vnd.eclipse.ditto+json";

    /** A message from a broker, as it came. */
    public static DeadLetter received(Inbound inbound, Ending ending, @Nullable Signal signal) {
        return new DeadLetter(
                inbound.headers(), inbound.payload(), ending, inbound.address(), null, signal);
    }

    /** A signal that no message was made of; in Ditto Protocol. */
    public static DeadLetter unmapped(Signal signal, String target, Ending ending) {
        byte[] envelope = Envelope.write(signal).toString().getBytes(StandardCharsets.UTF_8);
        Headers headers = Headers.EMPTY.with(HeaderDefinition.CONTENT_TYPE, PROTOCOL);
        String correlationId = signal.headers().correlationId();
        return new DeadLetter(
                correlationId == null ? headers : headers.withCorrelationId(correlationId),
                ByteBuffer.wrap(envelope),
                ending,
                null,
                target,
                signal);
    }

    /** A message for a broker that did not take it. */
    public static DeadLetter unpublished(Outbound message, Signal signal, Ending ending) {
        return new DeadLetter(
                message.headers(), message.payload(), ending, null, message.address(), signal);
    }
}
