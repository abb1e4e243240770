package org.patchbay.connectivity.broker.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server makes TLS.
 *
 * @param server what it shows
 * @param clientsOf the authority of whose clients it wants a certificate; null where it wants none
 * @param protocols the versions that it speaks, as the JDK calls them
 */
public record TlsSetup(
        TlsIdentity server, @Nullable TlsIdentity clientsOf, List<String> protocols) {

    private static final List<String> BOTH = List.of("TLSv1.2", "TLSv1.3");

    public static TlsSetup showing(TlsIdentity server) {
        return new TlsSetup(server, null, BOTH);
    }

    public TlsSetup wantingClientsOf(TlsIdentity authority) {
        return new TlsSetup(server, authority, protocols);
    }

    public TlsSetup speaking(String protocol) {
        return new TlsSetup(server, clientsOf, List.of(protocol));
    }

    /** Whose clients it wants. */
    public TlsIdentity clients() {
        if (clientsOf == null) {
            throw new IllegalStateException("It wants no certificates of clients.");
        }
        return clientsOf;
    }
}
