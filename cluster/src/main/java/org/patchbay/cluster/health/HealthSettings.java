package org.patchbay.cluster.health;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * How a node looks at its parts.
 *
 * @param timeout after which a part that does not answer is down
 * @param looksAtStore whether the store is one of the parts
 */
record HealthSettings(Duration timeout, boolean looksAtStore) {

    private static final String TIMEOUT = "patchbay.health.check-timeout";
    private static final String STORE = "ditto.health-check.persistence.enabled";

    static HealthSettings of(Config config) {
        Duration timeout = config.getDuration(TIMEOUT);
        if (!timeout.isPositive()) {
            throw new ConfigException.BadValue(TIMEOUT, "must be longer than 0");
        }
        return new HealthSettings(timeout, config.getBoolean(STORE));
    }
}
