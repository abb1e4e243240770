package org.patchbay.connectivity.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Pem;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.protocol.ProblemException;

/** Whom a connection trusts on a TLS link, and how it shows who it is. */
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
        } catch (GeneralSecurityException | IOException | ProblemException invalid) {
            throw Failure.byUser("The certificates in 'ca' can't be read.", invalid)
                    .in(Layer.CONFIGURATION);
        }
    }

    private static KeyStore keyStoreOf(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate one : Pem.certificates(pem)) {
            store.setCertificateEntry("ca-" + number++, one);
        }
        return store;
    }

    /**
     * The client certificate of the connection's credentials; null where they are of another type.
     *
     * @throws Failure where certificate or key can't be read
     */
    public static @Nullable KeyManagerFactory identity(Connection connection) {
        if (!(connection.credentials() instanceof Credentials.ClientCertificate(var cert, var key))
                || cert == null
                || key == null) {
            return null;
        }
        try {
            char[] password = new char[0];
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            Certificate[] chain = Pem.certificates(cert).toArray(Certificate[]::new);
            store.setKeyEntry("client", Pem.privateKey(key), password, chain);
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory;
        } catch (GeneralSecurityException | IOException | ProblemException invalid) {
            // Not as the cause: it might quote the key.
            throw Failure.byUser("The client certificate or its key can't be read.", null)
                    .in(Layer.CONFIGURATION);
        }
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
