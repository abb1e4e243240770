package org.patchbay.connectivity.transport.endpoint;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context whose engines are all for one host, whatever address a library that makes them has
 * connected to; it keeps what went wrong in them last, for libraries that lose it.
 */
public final class HostContext extends SSLContext {

    private final AtomicReference<@Nullable SSLException> failure;

    private HostContext(Spi spi, SSLContext context) {
        super(spi, context.getProvider(), context.getProtocol());
        failure = spi.failure;
    }

    static HostContext of(SSLContext context, Endpoint endpoint, List<SNIServerName> names) {
        return new HostContext(new Spi(context, endpoint, names), context);
    }

    /** What went wrong last; null where nothing did. */
    public @Nullable SSLException failure() {
        return failure.get();
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext context;
        private final Endpoint endpoint;
        private final List<SNIServerName> names;
        private final AtomicReference<@Nullable SSLException> failure = new AtomicReference<>();

        Spi(SSLContext context, Endpoint endpoint, List<SNIServerName> names) {
            this.context = context;
            this.endpoint = endpoint;
            this.names = names;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            SSLEngine engine = context.createSSLEngine(endpoint.host(), endpoint.port());
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(names);
            engine.setSSLParameters(parameters);
            return new WatchedEngine(engine, failure::set);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engineCreateSSLEngine();
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("It knows its keys already.");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }
    }
}
