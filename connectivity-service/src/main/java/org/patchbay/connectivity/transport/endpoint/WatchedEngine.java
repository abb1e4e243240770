package org.patchbay.connectivity.transport.endpoint;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * An engine that tells what went wrong in it: with TLS 1.3 a server refuses a client when that
 * takes the link for made, and who writes to it then only learns that it is gone.
 */
final class WatchedEngine extends DelegatingEngine {

    private final Consumer<SSLException> failed;

    WatchedEngine(SSLEngine engine, Consumer<SSLException> failed) {
        super(engine);
        this.failed = failed;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
            throws SSLException {
        try {
            return super.wrap(from, offset, length, to);
        } catch (SSLException e) {
            failed.accept(e);
            throw e;
        }
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
            throws SSLException {
        try {
            return super.unwrap(from, to, offset, length);
        } catch (SSLException e) {
            failed.accept(e);
            throw e;
        }
    }
}
