package org.patchbay.connectivity.broker.tls;

import org.patchbay.connectivity.broker.Certificates;

/**
 * Who takes part in the tests of TLS, made once.
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
    private static final int YESTERDAY = -1;

    public static TlsIdentities made() {
        return Once.MADE;
    }

    private static final class Once {
        static final TlsIdentities MADE = make();

        private static TlsIdentities make() {
            try (Certificates authority = Certificates.authority();
                    Certificates other = Certificates.authority()) {
                return new TlsIdentities(
                        new TlsIdentity(authority.keys()),
                        issued(authority, "server", "EC", HERE, YESTERDAY),
                        issued(authority, "expired", "EC", HERE, -30),
                        issued(authority, "elsewhere", "EC", "dns:a.example", YESTERDAY),
                        issued(authority, "client-ec", "EC", "dns:client.example", YESTERDAY),
                        issued(authority, "client-rsa", "RSA", "dns:client.example", YESTERDAY),
                        issued(other, "stranger", "EC", HERE, YESTERDAY));
            }
        }

        private static TlsIdentity issued(
                Certificates by, String name, String algorithm, String subject, int start) {
            return new TlsIdentity(by.issued(name, algorithm, subject, start, 10));
        }
    }
}
