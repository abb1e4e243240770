package org.patchbay.connectivity.check;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Tls;
import org.patchbay.connectivity.transport.endpoint.TlsFailures;

/** A TLS handshake as a connection's client makes it, and which check of it fails. */
final class Handshake {

    /**
     * With TLS 1.3 our side is through before the other one has looked at our certificate. One that
     * does not like it says so within this time, others say nothing.
     */
    private static final Duration SECOND_THOUGHTS = Duration.ofMillis(300);

    private final Endpoint endpoint;
    private final Connection connection;

    Handshake(Endpoint endpoint, Connection connection) {
        this.endpoint = endpoint;
        this.connection = connection;
    }

    /**
     * Makes TLS on a connected socket, and closes it.
     *
     * @return how it is secured
     * @throws Failure that names the check
     */
    String on(Socket socket, Duration limit) {
        KeyManagerFactory identity = Tls.identity(connection);
        Asked asked = new Asked(identity);
        try (SSLSocket secured = secured(socket, asked)) {
            secured.setSoTimeout((int) limit.toMillis());
            secured.startHandshake();
            String protocol = secured.getSession().getProtocol();
            if (asked.forCertificate && protocol.equals("TLSv1.3")) {
                awaitSecondThoughts(secured, identity != null);
            }
            return protocol + (asked.forCertificate ? ", with client certificate" : "");
        } catch (SocketTimeoutException e) {
            throw Failure.bySystem(
                            "No secure connection: "
                                    + endpoint
                                    + " did not answer the handshake within "
                                    + limit.toMillis()
                                    + " ms.",
                            e)
                    .in(Layer.TLS, TlsFailures.HANDSHAKE);
        } catch (IOException | GeneralSecurityException e) {
            throw failure(asked, identity != null, e);
        }
    }

    /** Who asks for a certificate and ends the handshake then may not even say why. */
    private Failure failure(Asked asked, boolean identified, Exception thrown) {
        Failure failure = TlsFailures.of(endpoint, identified, thrown);
        if (asked.forCertificate
                && (failure == null || TlsFailures.HANDSHAKE.equals(failure.check()))) {
            return TlsFailures.ofClientCertificate(endpoint, identified, thrown);
        }
        return failure != null
                ? failure
                : Failure.bySystem(
                                "No secure connection: "
                                        + endpoint
                                        + " ended the handshake: "
                                        + thrown.getMessage(),
                                thrown)
                        .in(Layer.TLS, TlsFailures.HANDSHAKE);
    }

    private SSLSocket secured(Socket socket, Asked asked)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {asked}, Tls.trust(connection).getTrustManagers(), null);
        SSLSocket secured =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(socket, endpoint.host(), endpoint.port(), true);
        if (connection.validateCertificates()) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
        }
        return secured;
    }

    private void awaitSecondThoughts(SSLSocket secured, boolean identified) throws IOException {
        secured.setSoTimeout((int) SECOND_THOUGHTS.toMillis());
        try {
            if (secured.getInputStream().read() < 0) {
                throw TlsFailures.ofClientCertificate(endpoint, identified, null);
            }
        } catch (SocketTimeoutException e) {
            // It waits for our greeting, so it is content.
        }
    }

    /** Whether the other side asked for a certificate; what there is to show. */
    private static final class Asked extends X509ExtendedKeyManager {

        private final @Nullable X509ExtendedKeyManager own;
        private boolean forCertificate;

        Asked(@Nullable KeyManagerFactory identity) {
            this.own =
                    identity == null ? null : (X509ExtendedKeyManager) identity.getKeyManagers()[0];
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            forCertificate = true;
            return own == null ? null : own.chooseClientAlias(keyTypes, issuers, socket);
        }

        @Override
        public String @Nullable [] getClientAliases(
                String keyType, Principal @Nullable [] issuers) {
            return own == null ? null : own.getClientAliases(keyType, issuers);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return own == null ? null : own.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return own == null ? null : own.getPrivateKey(alias);
        }

        @Override
        public String @Nullable [] getServerAliases(
                String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
