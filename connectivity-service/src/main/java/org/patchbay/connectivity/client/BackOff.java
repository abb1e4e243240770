package org.patchbay.connectivity.client;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long to wait before the next attempt to connect: twice as long after each, between two
 * bounds, and spread by chance so that the connections of one broker do not all come back at once.
 */
public record BackOff(Duration min, Duration max) {

    private static final Duration FIRST_STEP = Duration.ofSeconds(1);

    public BackOff {
        if (min.isNegative() || max.compareTo(min) < 0 || max.isZero()) {
            throw new IllegalArgumentException(
                    "a back-off goes from at least 0 to something greater, not from "
                            + min
                            + " to "
                            + max);
        }
    }

    /** Reads two durations of a section. */
    static BackOff of(Config section, String minKey, String maxKey) {
        try {
            return new BackOff(section.getDuration(minKey), section.getDuration(maxKey));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(minKey + ", " + maxKey + ": " + e.getMessage(), e);
        }
    }

    /**
     * The pause after so many failed attempts in a row.
     *
     * @param chance from 0 up to 1
     */
    Duration pause(int tries, double chance) {
        int doublings = Math.min(Math.max(tries - 1, 0), 30);
        Duration step = min.isZero() && tries > 1 ? FIRST_STEP : min;
        long full = Math.min(step.toMillis() << doublings, max.toMillis());
        if (full == 0) {
            return Duration.ofMillis((long) (FIRST_STEP.toMillis() * chance));
        }
        return Duration.ofMillis(full / 2 + (long) (full / 2.0 * chance));
    }
}
