package org.patchbay.connectivity.transport.kafka.way;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one connection on their way to the library: those that name brokers are held until
 * they are there as a whole, and changed; all others go on as they come.
 */
final class Answers {

    /** As long as a broker lets a request be, by default. */
    private static final int LENGTH_MAX_BYTES = 100 * 1024 * 1024;

    /** Length, correlation id. */
    private static final int HEAD_BYTES = 8;

    private final Requests requests;
    private final Addresses addresses;
    private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    private Requests.@Nullable Request held;
    private ByteBuffer answer = ByteBuffer.allocate(0);
    private int left;

    Answers(Requests requests, Addresses addresses) {
        this.requests = requests;
        this.addresses = addresses;
    }

    /**
     * What there is for the library.
     *
     * @param bytes that came; to be used again when what is returned has been read
     */
    ByteBuffer pass(ByteBuffer bytes) throws SSLException {
        if (left >= bytes.remaining()) {
            left -= bytes.remaining();
            return bytes;
        }
        var out = new ByteArrayOutputStream(bytes.remaining());
        while (bytes.hasRemaining()) {
            if (left > 0) {
                int passed = Math.min(left, bytes.remaining());
                out.writeBytes(taken(bytes.slice(bytes.position(), passed)));
                bytes.position(bytes.position() + passed);
                left -= passed;
            } else if (held != null) {
                hold(held, bytes, out);
            } else {
                head.put(bytes.get());
                if (!head.hasRemaining()) {
                    begin(head.flip(), out);
                    head.clear();
                }
            }
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    private void begin(ByteBuffer begun, ByteArrayOutputStream out) throws SSLException {
        int length = begun.getInt();
        int correlationId = begun.getInt();
        if (length < Integer.BYTES || length > LENGTH_MAX_BYTES) {
            throw new SSLException("This is not how a broker of Kafka answers.");
        }
        held = requests.answered(correlationId);
        if (held == null) {
            out.writeBytes(taken(begun.rewind()));
            left = length - Integer.BYTES;
        } else {
            answer = ByteBuffer.allocate(length).putInt(correlationId);
        }
    }

    private static byte[] taken(ByteBuffer bytes) {
        byte[] taken = new byte[bytes.remaining()];
        bytes.get(taken);
        return taken;
    }

    private void hold(Requests.Request request, ByteBuffer bytes, ByteArrayOutputStream out)
            throws SSLException {
        int taken = Math.min(answer.remaining(), bytes.remaining());
        answer.put(bytes.slice(bytes.position(), taken));
        bytes.position(bytes.position() + taken);
        if (!answer.hasRemaining()) {
            ByteBuffer changed = changed(request, answer.flip());
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(changed.remaining()).array());
            out.writeBytes(taken(changed));
            held = null;
            answer = ByteBuffer.allocate(0);
        }
    }

    private ByteBuffer changed(Requests.Request request, ByteBuffer whole) throws SSLException {
        try {
            return addresses.changed(request.api(), request.version(), whole);
        } catch (RuntimeException e) {
            throw new SSLException("The broker's answer to " + request.api() + " is garbled.", e);
        }
    }
}
