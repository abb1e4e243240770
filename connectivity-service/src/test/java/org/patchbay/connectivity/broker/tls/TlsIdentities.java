package org.patchbay.connectivity.broker.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.patchbay.connectivity.broker.Certificates;

/**
 * Who takes part in the tests of TLS, made once: keytool takes its time.
 *
 * @param authority issued all others but the stranger
 * @param server at 127.0.0.1
 * @param expired the same, but days ago
 * @param elsewhere a server of another host
 * @param stranger of another authority, for 127.0.0.1
 */
public record TlsIdentities(
        TlsIdentity authority,
        TlsIdentity server,
        TlsIdentity expired,
        TlsIdentity elsewhere,
        TlsIdentity clientEc,
        TlsIdentity clientRsa,
        TlsIdentity stranger) {

    private static final String HERE = "ip:127.0.0.1";
    private static final String YESTERDAY = "-1d";

    public static TlsIdentities made() {
        return Once.MADE;
    }

    private static final class Once {
        static final TlsIdentities MADE = make();

        private static TlsIdentities make() {
            try (Certificates authority = Certificates.authority();
                    Certificates other = Certificates.authority()) {
                return new TlsIdentities(
                        new TlsIdentity(read(authority)),
                        issued(authority, "server", "EC", HERE, YESTERDAY),
                        issued(authority, "expired", "EC", HERE, "-30d"),
                        issued(authority, "elsewhere", "EC", "dns:a.example", YESTERDAY),
                        issued(authority, "client-ec", "EC", "dns:client.example", YESTERDAY),
                        issued(authority, "client-rsa", "RSA", "dns:client.example", YESTERDAY),
                        issued(other, "stranger", "EC", HERE, YESTERDAY));
            }
        }

        private static TlsIdentity issued(
                Certificates by, String name, String algorithm, String subject, String start) {
            return new TlsIdentity(by.issued(name, algorithm, subject, start, 10));
        }

        /** An authority's store holds by now whomever it issued, too: it is read before. */
        private static KeyStore read(Certificates authority) {
            try (InputStream in = Files.newInputStream(authority.store())) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(in, Certificates.PASSWORD.toCharArray());
                return store;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
