package org.patchbay.connectivity.model.hono;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.credentials.Secret;

/**
 * Where this installation's Hono is: the same for all its Hono connections.
 *
 * @param baseUri scheme, host and port
 * @param username null where nobody authenticates
 * @param saslMechanism in lower case
 * @param bootstrapServers HOST:PORT, separated by commas
 * @param ca certificates as PEM, null for those the machine trusts
 */
public record HonoSettings(
        ConnectionUri baseUri,
        @Nullable String username,
        Secret password,
        String saslMechanism,
        String bootstrapServers,
        boolean validateCertificates,
        @Nullable String ca) {

    private static final Set<String> MECHANISMS = Set.of("plain", "scram-sha-256", "scram-sha-512");

    /**
     * @throws IllegalArgumentException where the mechanism is none or no server is named
     */
    public HonoSettings {
        if (!MECHANISMS.contains(saslMechanism)) {
            throw new IllegalArgumentException(
                    "sasl-mechanism must be plain, scram-sha-256 or scram-sha-512, not '"
                            + saslMechanism
                            + "'");
        }
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap-servers must name HOST:PORT");
        }
    }
}
