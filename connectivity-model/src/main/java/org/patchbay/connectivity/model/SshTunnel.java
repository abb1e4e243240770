package org.patchbay.connectivity.model;

import java.util.List;

/** An SSH tunnel through which the endpoint is reached. */
public record SshTunnel(
        boolean enabled,
        String uri,
        Credentials credentials,
        boolean validateHost,
        List<String> knownHosts) {}
