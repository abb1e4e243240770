package org.patchbay.connectivity.transport.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Pem;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Tls;
import org.patchbay.connectivity.transport.http.wire.Way.Security;
import org.patchbay.protocol.ProblemException;

/** Whom a connection trusts where, and to whom it shows its certificate. */
final class HttpSecurity {

    private HttpSecurity() {}

    /** At the connection's endpoint. */
    static Security own(Connection connection) {
        return new Security(
                new Once(() -> Tls.context(connection)),
                connection.validateCertificates(),
                connection.credentials() instanceof Credentials.ClientCertificate);
    }

    /** Where the endpoint redirects to: the same are trusted, but nobody is shown a certificate. */
    static Security others(Connection connection) {
        return new Security(
                new Once(() -> context(Tls.trust(connection).getTrustManagers())),
                connection.validateCertificates(),
                false);
    }

    /**
     * At the token endpoint, which is often somebody else's: whom the JVM trusts, and besides them
     * whom the connection's {@code ca} names.
     */
    static Security tokens(Connection connection) {
        String ca = connection.ca();
        return ca == null || !connection.validateCertificates()
                ? others(connection)
                : new Security(new Once(() -> context(everybody(ca))), true, false);
    }

    private static TrustManager[] everybody(String ca) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate one : Pem.certificates(ca)) {
                store.setCertificateEntry("ca-" + number++, one);
            }
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager ofJvm) {
                    for (X509Certificate one : ofJvm.getAcceptedIssuers()) {
                        store.setCertificateEntry("jvm-" + number++, one);
                    }
                }
            }
            return managers(store);
        } catch (GeneralSecurityException | IOException | ProblemException invalid) {
            throw Failure.byUser("The certificates in 'ca' can't be read.", invalid)
                    .in(Layer.CONFIGURATION);
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static SSLContext context(TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no TLS.", e);
        }
    }

    /** Made when it is first needed, and kept: so are its sessions then. */
    private static final class Once implements Supplier<SSLContext> {
        private final Supplier<SSLContext> made;
        private @Nullable SSLContext context;

        Once(Supplier<SSLContext> made) {
            this.made = made;
        }

        @Override
        public synchronized SSLContext get() {
            SSLContext known = context;
            if (known == null) {
                known = made.get();
                context = known;
            }
            return known;
        }
    }
}
