package org.patchbay.connectivity.model;

import java.util.List;
import org.patchbay.connectivity.model.credentials.Credentials;

/**
 * An SSH tunnel through which the endpoint is reached.
 *
 * @param credentials plain or a key pair
 * @param knownHosts accepted fingerprints, such as {@code SHA256:…}
 */
public record SshTunnel(
        boolean enabled,
        ConnectionUri uri,
        Credentials credentials,
        boolean validateHost,
        List<String> knownHosts) {

    public SshTunnel {
        knownHosts = List.copyOf(knownHosts);
    }
}
