package org.patchbay.connectivity.transport.kafka;

import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.endpoint.Tls;

/** TLS as the connection asks for it. The library makes one of these for each of its clients. */
public final class TlsEngines implements SslEngineFactory {

    /** The property that brings the {@link Setup}. */
    static final String SETUP = "patchbay.tls";

    /**
     * @param names of the bootstrap servers, by the address that is connected to
     */
    record Setup(Connection connection, SSLContext context, Map<InetSocketAddress, String> names) {}

    private @Nullable Setup setup;

    @Override
    public void configure(Map<String, ?> properties) {
        setup = (Setup) properties.get(SETUP);
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String identification) {
        Setup made = Objects.requireNonNull(setup);
        InetSocketAddress at = InetSocketAddress.createUnresolved(host, port);
        String name = made.names().getOrDefault(at, host);
        return Tls.engine(made.connection(), made.context(), name, port);
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        throw new UnsupportedOperationException("This is a client.");
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> properties) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public @Nullable KeyStore keystore() {
        return null;
    }

    @Override
    public @Nullable KeyStore truststore() {
        return null;
    }

    @Override
    public void close() {
        setup = null;
    }
}
