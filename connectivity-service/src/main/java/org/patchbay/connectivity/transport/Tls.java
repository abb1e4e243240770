package org.patchbay.connectivity.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;

/** Whom a connection trusts on a TLS link. */
public final class Tls {

    private Tls() {}

    /**
     * The certificates in the connection's {@code ca}, else those that the JVM trusts; all of them
     * where the connection says not to validate certificates.
     *
     * @throws Failure where {@code ca} holds no certificate
     */
    public static TrustManagerFactory trust(Connection connection) {
        if (!connection.validateCertificates()) {
            return new TrustEverybody();
        }
        try {
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(connection.ca() == null ? null : keyStoreOf(connection.ca()));
            return factory;
        } catch (GeneralSecurityException | IOException invalid) {
            throw Failure.byUser("The certificates in 'ca' can't be read.", invalid);
        }
    }

    private static KeyStore keyStoreOf(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        int number = 0;
        for (Certificate one :
                CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
            store.setCertificateEntry("ca-" + number++, one);
        }
        if (number == 0) {
            throw new GeneralSecurityException("no certificate found");
        }
        return store;
    }

    /**
     * A factory, because that is what client libraries take; what it makes checks no host name
     * either.
     */
    private static final class TrustEverybody extends TrustManagerFactory {

        private static final Provider PROVIDER =
                new Provider("patchbay-trust", "1", "") {
                    private static final long serialVersionUID = 1L;
                };

        TrustEverybody() {
            super(new Spi(), PROVIDER, "everybody");
        }

        private static final class Spi extends TrustManagerFactorySpi {
            @Override
            protected void engineInit(@Nullable KeyStore ks) {}

            @Override
            protected void engineInit(ManagerFactoryParameters spec) {}

            @Override
            protected TrustManager[] engineGetTrustManagers() {
                return new TrustManager[] {new Trusting()};
            }
        }

        private static final class Trusting extends X509ExtendedTrustManager {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

            @Override
            public void checkClientTrusted(
                    X509Certificate[] chain, String type, SSLEngine engine) {}

            @Override
            public void checkServerTrusted(
                    X509Certificate[] chain, String type, SSLEngine engine) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        }
    }
}
