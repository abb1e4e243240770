package org.patchbay.connectivity.transport.kafka.way;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.endpoint.DelegatingEngine;

/**
 * An engine that encrypts nothing and agrees with nobody on anything, for connections without TLS.
 * Of the one behind it, it has the session of somebody who has not met the other side yet.
 */
final class PlainEngine extends DelegatingEngine {

    private boolean greeting;
    private boolean closed;

    PlainEngine() {
        super(unused());
    }

    private static SSLEngine unused() {
        try {
            return SSLContext.getDefault().createSSLEngine();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no TLS.", e);
        }
    }

    /** The library waits for a handshake to end, and gets one that ends with the first look. */
    @Override
    public void beginHandshake() {
        greeting = true;
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return greeting ? HandshakeStatus.NEED_UNWRAP : HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to) {
        if (closed) {
            return result(Status.CLOSED, 0);
        }
        int copied = 0;
        boolean more = false;
        for (int i = offset; i < offset + length; i++) {
            copied += copy(from[i], to);
            more |= from[i].hasRemaining();
        }
        return result(more && copied == 0 ? Status.BUFFER_OVERFLOW : Status.OK, copied);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length) {
        if (closed) {
            return result(Status.CLOSED, 0);
        }
        if (greeting) {
            greeting = false;
            return new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, 0, 0);
        }
        if (!from.hasRemaining()) {
            return result(Status.BUFFER_UNDERFLOW, 0);
        }
        int copied = 0;
        for (int i = offset; i < offset + length; i++) {
            copied += copy(from, to[i]);
        }
        return result(copied == 0 ? Status.BUFFER_OVERFLOW : Status.OK, copied);
    }

    private static int copy(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        to.put(from.slice(from.position(), count));
        from.position(from.position() + count);
        return count;
    }

    private SSLEngineResult result(Status status, int copied) {
        return new SSLEngineResult(status, getHandshakeStatus(), copied, copied);
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return null;
    }

    @Override
    public void closeInbound() {
        closed = true;
    }

    @Override
    public boolean isInboundDone() {
        return closed;
    }

    @Override
    public void closeOutbound() {
        closed = true;
    }

    @Override
    public boolean isOutboundDone() {
        return closed;
    }
}
