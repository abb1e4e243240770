package org.patchbay.connectivity.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkContract.outbound;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;

import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.broker.tls.TlsFront;
import org.patchbay.connectivity.broker.tls.TlsIdentities;
import org.patchbay.connectivity.broker.tls.TlsIdentity;
import org.patchbay.connectivity.broker.tls.TlsSetup;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.dryrun.Layer;

/**
 * What every transport must do over TLS, shown against a real server: whom it trusts, how it shows
 * who it is, and why it does not connect. Who is trusted must serve it, too.
 */
public interface TlsContract {

    /** Wants certificates of its clients. */
    TlsSetup FOR_CLIENTS = TlsSetup.showing(who().server()).wantingClientsOf(who().authority());

    ActorSystem<?> system();

    Transport transport();

    /** Where a server of the transport listens without TLS. */
    int plainPort();

    /** Of a uri with TLS. */
    String secureScheme();

    /** A connection without credentials and without {@code ca} that validates certificates. */
    Connection connection(String uri);

    /** Where the server takes a message. */
    String address();

    /** A server of the transport that makes TLS so. */
    default Secured secured(TlsSetup setup) {
        TlsFront front = TlsFront.before(plainPort(), setup);
        return new Secured(front.port(), front);
    }

    /**
     * A server of the transport that makes TLS as {@link #FOR_CLIENTS} says. To be given where the
     * transport logs in with certificates.
     */
    default Secured securedForClients() {
        return secured(FOR_CLIENTS);
    }

    /** A server with TLS for as long as a test needs it. */
    record Secured(int port, Runnable end) implements AutoCloseable {

        public Secured(int port, TlsFront front) {
            this(port, front::close);
        }

        /** One that others need, too. */
        public static Secured at(int port) {
            return new Secured(port, () -> {});
        }

        @Override
        public void close() {
            end.run();
        }
    }

    @Test
    default void trusts_a_server_of_the_authority_in_ca() {
        assertServed(TlsSetup.showing(who().server()), trusting(who().authority()));
    }

    @Test
    default void knows_a_server_by_its_own_certificate_whatever_its_host() {
        assertServed(TlsSetup.showing(who().elsewhere()), trusting(who().elsewhere()));
    }

    @Test
    default void trusts_every_server_where_certificates_are_not_to_be_validated() {
        Wishes anybody = new Wishes(false, null, null);

        assertServed(TlsSetup.showing(who().expired()), anybody);
        assertServed(TlsSetup.showing(who().elsewhere()), anybody);
        assertServed(TlsSetup.showing(who().stranger()), anybody);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    default void speaks_to_a_server_of_this_version_alone(String protocol) {
        assertServed(
                TlsSetup.showing(who().server()).speaking(protocol), trusting(who().authority()));
    }

    @Test
    default void leaves_a_server_that_says_nothing_in_the_handshake_when_it_is_closed() {
        Attempt.assertLeavesWhoSaysNothing(port -> {
            String uri = secureScheme() + "://127.0.0.1:" + port;
            return Attempt.begun(system(), transport(), connection(uri));
        });
    }

    @Test
    default void refuses_a_certificate_that_has_expired() {
        assertRefused(TlsSetup.showing(who().expired()), trusting(who().authority()), "expired");
    }

    @Test
    default void refuses_its_own_certificate_in_ca_once_that_has_expired() {
        assertRefused(TlsSetup.showing(who().expired()), trusting(who().expired()), "expired");
    }

    @Test
    default void refuses_a_certificate_of_another_host() {
        assertRefused(
                TlsSetup.showing(who().elsewhere()), trusting(who().authority()), "wrong-host");
    }

    @Test
    default void refuses_a_certificate_of_an_unknown_authority() {
        assertRefused(
                TlsSetup.showing(who().stranger()), trusting(who().authority()), "unknown-ca");
    }

    @Test
    default void refuses_an_authority_of_ones_own_without_ca() {
        assertRefused(TlsSetup.showing(who().server()), new Wishes(true, null, null), "unknown-ca");
    }

    @Test
    default void shows_a_client_certificate_with_a_key_of_type_rsa() {
        assertServedAs(who().clientRsa());
    }

    @Test
    default void shows_a_client_certificate_with_a_key_of_type_ec() {
        assertServedAs(who().clientEc());
    }

    private void assertServedAs(TlsIdentity client) {
        try (Secured server = securedForClients()) {
            assertServed(server, trusting(who().authority()).as(client));
        }
    }

    @Test
    default void says_that_a_client_certificate_is_missing() {
        assertRefused(
                TlsSetup.showing(who().server())
                        .wantingClientsOf(who().authority())
                        .speaking("TLSv1.3"),
                trusting(who().authority()),
                "client-certificate-missing");
    }

    @Test
    default void says_that_a_client_certificate_is_refused() {
        assertRefused(
                TlsSetup.showing(who().server())
                        .wantingClientsOf(who().stranger())
                        .speaking("TLSv1.3"),
                trusting(who().authority()).as(who().clientEc()),
                "client-certificate-refused");
    }

    /** With TLS 1.2 a server may not say what it misses. */
    @Test
    default void says_that_a_client_certificate_may_be_missing_or_refused() {
        TlsSetup old = TlsSetup.showing(who().server()).speaking("TLSv1.2");
        Wishes without = trusting(who().authority());
        try (Secured one = secured(old.wantingClientsOf(who().authority()));
                Secured other = secured(old.wantingClientsOf(who().stranger()))) {
            assertThat(failure(one, without))
                    .hasMessageContaining("want a client certificate")
                    .satisfies(TlsContract::isAboutTls);
            assertThat(failure(other, without.as(who().clientRsa())))
                    .hasMessageContaining("accept the client certificate")
                    .satisfies(TlsContract::isAboutTls);
        }
    }

    @Test
    default void blames_the_user_for_a_ca_that_is_none() {
        try (Secured server = secured(TlsSetup.showing(who().server()))) {
            Failure failure = failure(server, new Wishes(true, "no PEM", null));

            assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
            assertThat(failure.layer()).isEqualTo(Layer.CONFIGURATION);
            assertThat(failure).hasMessageContaining("'ca'");
        }
    }

    @Test
    default void blames_the_user_for_a_key_that_is_none_and_does_not_show_it() {
        var broken =
                new Credentials.ClientCertificate(
                        who().clientEc().certificatePem(), new Secret("hush-hush-hush"));
        try (Secured server = secured(TlsSetup.showing(who().server()))) {
            Failure failure =
                    failure(server, new Wishes(true, who().authority().certificatePem(), broken));

            assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
            assertThat(failure.layer()).isEqualTo(Layer.CONFIGURATION);
            assertThat(failure).hasMessageNotContaining("hush").hasNoCause();
        }
    }

    /** What a connection says about TLS. */
    record Wishes(boolean validate, @Nullable String ca, @Nullable Credentials credentials) {

        Wishes as(TlsIdentity client) {
            var shown =
                    new Credentials.ClientCertificate(
                            client.certificatePem(), new Secret(client.keyPem()));
            return new Wishes(validate, ca, shown);
        }

        public Connection of(Connection connection) {
            return new Connection(
                    connection.id(),
                    connection.name(),
                    connection.type(),
                    connection.status(),
                    connection.uri(),
                    connection.sources(),
                    connection.targets(),
                    connection.sshTunnel(),
                    connection.clientCount(),
                    connection.failoverEnabled(),
                    validate,
                    connection.processorPoolSize(),
                    connection.specificConfig(),
                    connection.mappingDefinitions(),
                    connection.tags(),
                    ca,
                    credentials);
        }
    }

    private static TlsIdentities who() {
        return TlsIdentities.made();
    }

    private static Wishes trusting(TlsIdentity one) {
        return new Wishes(true, one.certificatePem(), null);
    }

    private void assertServed(TlsSetup setup, Wishes wishes) {
        try (Secured server = secured(setup)) {
            assertServed(server, wishes);
        }
    }

    private void assertServed(Secured server, Wishes wishes) {
        try (LinkUnderTest link =
                LinkUnderTest.connected(system(), transport(), connection(server, wishes))) {
            PublishResult result = done(link.client().publish(outbound(address(), "hello")));

            assertThat(result.status()).as("%s", result).isBetween(200, 299);
            assertThat(link.lost()).isEmpty();
        }
    }

    private void assertRefused(TlsSetup setup, Wishes wishes, String check) {
        try (Secured server = secured(setup)) {
            Failure failure = failure(server, wishes);

            assertThat(failure.check()).as("%s", failure).isEqualTo(check);
            assertThat(failure).hasMessageContaining("127.0.0.1:" + server.port());
            isAboutTls(failure);
        }
    }

    private static void isAboutTls(Failure failure) {
        assertThat(failure.layer()).isEqualTo(Layer.TLS);
        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
    }

    private Failure failure(Secured server, Wishes wishes) {
        LinkUnderTest link = LinkUnderTest.of(system(), transport(), connection(server, wishes));
        Failure failure = failureOf(() -> done(link.client().connect()));
        assertThat(link.lost()).as("only a link that was made can be lost").isEmpty();
        link.close();
        return failure;
    }

    private Connection connection(Secured server, Wishes wishes) {
        return wishes.of(connection(secureScheme() + "://127.0.0.1:" + server.port()));
    }
}
