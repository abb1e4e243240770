package org.patchbay.connectivity.transport.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.Certificates;
import org.patchbay.connectivity.broker.TlsServer;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.transport.Failure;

class TlsTest {

    private static final String HOST = "broker.example.com";
    private static final int PATIENCE_MS = 30_000;

    private static Certificates authority;

    @BeforeAll
    static void makeAuthority() {
        authority = Certificates.authority();
    }

    @AfterAll
    static void forgetAuthority() {
        authority.close();
    }

    @Test
    void trusts_a_server_of_the_host_whatever_its_address() {
        KeyStore key = authority.issued("dns:" + HOST, -1, 10);

        assertThatCode(() -> shakeHands(key, authority.certificatePem()))
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_a_server_of_another_host() {
        KeyStore key = authority.issued("dns:elsewhere.example.com", -1, 10);

        assertThat(check(key, authority.certificatePem())).isEqualTo("wrong-host");
    }

    @Test
    void knows_a_server_by_its_own_certificate_whatever_its_host() {
        KeyStore key = authority.issued("dns:elsewhere.example.com", -1, 10);

        assertThatCode(() -> shakeHands(key, pem(key))).doesNotThrowAnyException();
    }

    @Test
    void refuses_a_server_that_is_known_by_a_certificate_that_has_expired() {
        KeyStore key = authority.issued("dns:" + HOST, -10, 5);

        assertThat(check(key, pem(key))).isEqualTo("expired");
    }

    @Test
    void refuses_a_server_of_an_authority_that_is_not_in_ca() {
        KeyStore key = authority.issued("dns:" + HOST, -1, 10);

        assertThat(check(key, pem(authority.issued("dns:" + HOST, -1, 10))))
                .isEqualTo("unknown-ca");
    }

    /** Which check fails. */
    private static @Nullable String check(KeyStore key, String ca) {
        Throwable thrown = catchThrowable(() -> shakeHands(key, ca));
        Failure failure = TlsFailures.of(endpoint(1), false, thrown);
        return failure == null ? "not about TLS: " + thrown : failure.check();
    }

    private static void shakeHands(KeyStore key, String ca) throws IOException {
        try (TlsServer server = TlsServer.with(key)) {
            Connection connection = connection(server.port(), ca);
            try (var socket =
                    (SSLSocket) Tls.context(connection).getSocketFactory().createSocket()) {
                Tls.checkHost(connection, endpoint(server.port()), socket);
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                socket.setSoTimeout(PATIENCE_MS);
                socket.startHandshake();
            }
        }
    }

    private static Endpoint endpoint(int port) {
        return new Endpoint("ssl", HOST, port, null, null);
    }

    private static Connection connection(int port, String ca) {
        return new Connection(
                "id",
                null,
                ConnectionType.MQTT,
                ConnectionStatus.OPEN,
                ConnectionUri.parse("ssl://" + HOST + ":" + port),
                List.of(),
                List.of(),
                null,
                1,
                true,
                true,
                1,
                Map.of(),
                Map.of(),
                List.of(),
                ca,
                null);
    }

    private static String pem(KeyStore store) {
        try {
            byte[] certificate = store.getCertificate(store.aliases().nextElement()).getEncoded();
            byte[] end = "\n".getBytes(StandardCharsets.US_ASCII);
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, end).encodeToString(certificate)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
