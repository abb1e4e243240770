package org.patchbay.connectivity.transport.kafka;

import java.security.KeyStore;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.kafka.way.Engines;

/** Where the library gets its engines from. It makes one of these for each of its clients. */
public final class TlsEngines implements SslEngineFactory {

    /** The property that brings the {@link Engines}. */
    static final String ENGINES = "patchbay.engines";

    private @Nullable Engines engines;

    @Override
    public void configure(Map<String, ?> properties) {
        engines = (Engines) properties.get(ENGINES);
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String identification) {
        return Objects.requireNonNull(engines).to(host, port);
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
        engines = null;
    }
}
