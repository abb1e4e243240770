package org.patchbay.connectivity.transport.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Pem;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.protocol.ProblemException;

/** Whom a connection trusts on a TLS link, and how it shows who it is. */
public final class Tls {

    private Tls() {}

    /**
     * Both for libraries that take a context.
     *
     * @throws Failure where certificates or keys can't be read
     */
    public static SSLContext context(Connection connection) {
        KeyManagerFactory identity = identity(connection);
        TrustManagerFactory trust = trust(connection);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity == null ? null : identity.getKeyManagers(),
                    trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no TLS.", e);
        }
    }

    /**
     * The same for libraries that connect to an address and make engines of the context: these are
     * for the endpoint's host.
     *
     * @throws Failure where certificates or keys can't be read
     */
    public static HostContext context(Connection connection, Endpoint endpoint) {
        return HostContext.of(context(connection), endpoint, serverNames(endpoint.host()));
    }

    /**
     * Has a socket, before it is connected, ask for the certificate of the endpoint's host and
     * check that it is for that host, whatever address the socket is connected to.
     */
    public static void checkHost(Connection connection, Endpoint endpoint, Socket socket) {
        if (socket instanceof SSLSocket secured) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setServerNames(serverNames(endpoint.host()));
            if (connection.validateCertificates()) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            secured.setSSLParameters(parameters);
        }
    }

    /**
     * The same for libraries that take an engine.
     *
     * @param context made by {@link #context}
     * @param host that the connection names, whatever address it is connected to
     */
    public static SSLEngine engine(
            Connection connection, SSLContext context, String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(serverNames(host));
        if (connection.validateCertificates()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** None for addresses and for names that can't be asked for, such as those with underscores. */
    private static List<SNIServerName> serverNames(String host) {
        boolean isAddress = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        try {
            return isAddress ? List.of() : List.of(new SNIHostName(host));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /**
     * The certificates in the connection's {@code ca}, else those that the JVM trusts; all of them
     * where the connection says not to validate certificates.
     *
     * @throws Failure where {@code ca} holds no certificate
     */
    public static TrustManagerFactory trust(Connection connection) {
        if (!connection.validateCertificates()) {
            return Trust.by(new TrustEverybody());
        }
        try {
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            String ca = connection.ca();
            if (ca == null) {
                factory.init((KeyStore) null);
                return factory;
            }
            List<X509Certificate> certificates = List.copyOf(Pem.certificates(ca));
            factory.init(keyStoreOf(certificates));
            return Trust.by(new TrustPinned(Set.copyOf(certificates), extended(factory)));
        } catch (GeneralSecurityException | IOException | ProblemException invalid) {
            throw Failure.byUser("The certificates in 'ca' can't be read.", invalid)
                    .in(Layer.CONFIGURATION);
        }
    }

    private static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static KeyStore keyStoreOf(List<X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate one : certificates) {
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
}
