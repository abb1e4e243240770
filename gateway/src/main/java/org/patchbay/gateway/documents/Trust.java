package org.patchbay.gateway.documents;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom we believe to be who they say: whom the Java runtime trusts, and further certificates. */
final class Trust {

    private Trust() {}

    static SSLContext context(List<Path> certificates) {
        try {
            if (certificates.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (X509Certificate known : factory(null).getAcceptedIssuers()) {
                store.setCertificateEntry("known-" + count++, known);
            }
            for (Path file : certificates) {
                for (Certificate more : read(file)) {
                    store.setCertificateEntry("more-" + count++, more);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {factory(store)}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Certificates can't be trusted: " + e.getMessage(), e);
        }
    }

    /** Whether all the files hold certificates. */
    static void check(List<Path> certificates, String key) {
        for (Path file : certificates) {
            try {
                if (read(file).isEmpty()) {
                    throw new ConfigException.BadValue(key, file + " holds no certificate");
                }
            } catch (IOException | CertificateException e) {
                throw new ConfigException.BadValue(
                        key, "certificates can't be read from " + file + ": " + e.getMessage(), e);
            }
        }
    }

    private static Collection<? extends Certificate> read(Path file)
            throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static X509TrustManager factory(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new IllegalStateException("The Java runtime can't check certificates.");
    }
}
