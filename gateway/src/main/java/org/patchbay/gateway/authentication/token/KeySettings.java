package org.patchbay.gateway.authentication.token;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * How issuers' keys are kept.
 *
 * @param lifetime after which keys are fetched anew; a key that was withdrawn counts no longer then
 * @param refreshIntervalMin how often at most unknown keys of tokens, or an issuer that does not
 *     answer, cause a fetch
 * @param outageMax how old keys may become while their issuer can't be reached
 */
public record KeySettings(Duration lifetime, Duration refreshIntervalMin, Duration outageMax) {

    private static final String SECTION = "patchbay.gateway.issuer-keys";

    public KeySettings {
        check(isPositive(lifetime), "lifetime", "a positive duration");
        check(isPositive(refreshIntervalMin), "refresh-interval-min", "a positive duration");
        check(
                outageMax.compareTo(lifetime) >= 0,
                "outage-max",
                "a duration that is not shorter than the lifetime");
    }

    static KeySettings of(Config config) {
        Config section = config.getConfig(SECTION);
        return new KeySettings(
                section.getDuration("lifetime"),
                section.getDuration("refresh-interval-min"),
                section.getDuration("outage-max"));
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean holds, String key, String allowed) {
        if (!holds) {
            throw new ConfigException.BadValue(SECTION + "." + key, "must be " + allowed);
        }
    }
}
