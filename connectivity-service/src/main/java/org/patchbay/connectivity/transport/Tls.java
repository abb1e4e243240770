package org.patchbay.connectivity.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Credentials;
import org.patchbay.connectivity.model.Secret;

/** Whom a connection trusts on a TLS link, and how it shows who it is. */
public final class Tls {

    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

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
        int number = 0;
        for (Certificate one : certificates(pem)) {
            store.setCertificateEntry("ca-" + number++, one);
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws GeneralSecurityException {
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        var found = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
        if (found.isEmpty()) {
            throw new GeneralSecurityException("no certificate found");
        }
        return found;
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
            Certificate[] chain = certificates(cert).toArray(Certificate[]::new);
            store.setKeyEntry("client", privateKey(key), password, chain);
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException invalid) {
            // Not as the cause: it might quote the key.
            throw Failure.byUser("The client certificate or its key can't be read.", null);
        }
    }

    private static PrivateKey privateKey(Secret pem) throws GeneralSecurityException {
        String base64 = pem.reveal().replaceAll("-----[^-]+-----|\\s", "");
        var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException _) {
                // Of another algorithm, if of any.
            }
        }
        throw new InvalidKeySpecException("no private key of a known algorithm");
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
