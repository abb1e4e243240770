package org.patchbay.connectivity.transport.kafka.way;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.patchbay.connectivity.transport.endpoint.DelegatingEngine;

/**
 * An engine that changes what brokers say of where they are, after it was decrypted and before the
 * library reads it.
 *
 * <p>An answer may get longer, so that the library has no room for all of it at once. Who calls an
 * engine calls it again while there are bytes from the network that it has not taken: therefore it
 * takes those that an answer came with only when the answer has been handed on.
 */
final class AddressEngine extends DelegatingEngine {

    private final Requests requests = new Requests();
    private final Answers answers;
    private ByteBuffer decrypted = ByteBuffer.allocate(0);

    /** For the library, which had no room for it yet. */
    private ByteBuffer pending = ByteBuffer.allocate(0);

    /** How many bytes from the network that came with. */
    private int untaken;

    AddressEngine(SSLEngine engine, Addresses addresses) {
        super(engine);
        this.answers = new Answers(requests, addresses);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
            throws SSLException {
        ByteBuffer[] seen = new ByteBuffer[length];
        for (int i = 0; i < length; i++) {
            seen[i] = from[offset + i].duplicate();
        }
        SSLEngineResult result = super.wrap(from, offset, length, to);
        for (int i = 0; i < length; i++) {
            requests.see(seen[i].limit(from[offset + i].position()));
        }
        return result;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
            throws SSLException {
        if (!pending.hasRemaining()) {
            int start = from.position();
            SSLEngineResult result = super.unwrap(from, new ByteBuffer[] {emptied()}, 0, 1);
            pending = answers.pass(decrypted.flip());
            if (!pending.hasRemaining()) {
                return new SSLEngineResult(
                        result.getStatus(), result.getHandshakeStatus(), result.bytesConsumed(), 0);
            }
            untaken = result.bytesConsumed();
            from.position(start);
        }
        int given = 0;
        for (int i = offset; i < offset + length; i++) {
            given += give(to[i]);
        }
        if (given == 0) {
            return new SSLEngineResult(Status.BUFFER_OVERFLOW, getHandshakeStatus(), 0, 0);
        }
        int taken = pending.hasRemaining() ? 0 : untaken;
        from.position(from.position() + taken);
        return new SSLEngineResult(Status.OK, getHandshakeStatus(), taken, given);
    }

    private ByteBuffer emptied() {
        int most = getSession().getApplicationBufferSize();
        if (decrypted.capacity() < most) {
            decrypted = ByteBuffer.allocate(most);
        }
        return decrypted.clear();
    }

    /** All but one byte: the library takes a buffer that is quite full for a mistake of ours. */
    private int give(ByteBuffer to) {
        int count = Math.clamp(to.remaining() - 1, 0, pending.remaining());
        to.put(pending.slice(pending.position(), count));
        pending.position(pending.position() + count);
        return count;
    }
}
