package org.patchbay.gateway.authentication.lockout;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * When somebody is locked out.
 *
 * @param wrongTriesMax how many wrong tries within the window lock out
 * @param duration how long nothing is let in then, not even what is right
 * @param entriesMax how many pairs of user and address are remembered
 */
public record LockoutSettings(
        int wrongTriesMax, Duration window, Duration duration, int entriesMax) {

    private static final String SECTION = "patchbay.gateway.lockout";

    public LockoutSettings {
        check(wrongTriesMax > 0 && wrongTriesMax <= 1000, "wrong-tries-max", "from 1 to 1000");
        check(isPositive(window), "window", "a positive duration");
        check(isPositive(duration), "duration", "a positive duration");
        check(entriesMax > 0, "entries-max", "a number above 0");
    }

    public static LockoutSettings of(Config config) {
        Config section = config.getConfig(SECTION);
        return new LockoutSettings(
                section.getInt("wrong-tries-max"),
                section.getDuration("window"),
                section.getDuration("duration"),
                section.getInt("entries-max"));
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
