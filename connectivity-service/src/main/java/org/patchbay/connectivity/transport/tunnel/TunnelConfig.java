package org.patchbay.connectivity.transport.tunnel;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What an operator sets for all SSH tunnels.
 *
 * @param keepAlive how often a server is asked for a sign of life; one that has not answered by the
 *     next time counts as gone
 */
public record TunnelConfig(Duration keepAlive) {

    private static final String PATH = "patchbay.connectivity.ssh-tunnel";

    public TunnelConfig {
        if (keepAlive.toMillis() < 1) {
            throw new IllegalArgumentException(
                    PATH + ".keep-alive must be more than 0s, not " + keepAlive);
        }
    }

    public static TunnelConfig of(Config root) {
        return new TunnelConfig(root.getConfig(PATH).getDuration("keep-alive"));
    }
}
