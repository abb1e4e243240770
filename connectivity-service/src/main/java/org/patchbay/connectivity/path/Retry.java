package org.patchbay.connectivity.path;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long a message that can't be handled now is tried again in place, while the broker keeps it.
 *
 * @param budget how long in all; those behind the message wait that long at most
 */
public record Retry(Duration backOffMin, Duration backOffMax, Duration budget) {

    private static final String PATH = "patchbay.connectivity.redelivery";

    public Retry {
        if (backOffMin.isNegative()
                || backOffMin.isZero()
                || backOffMax.compareTo(backOffMin) < 0) {
            throw new IllegalArgumentException(
                    PATH + ".back-off-min must be greater than 0 and at most back-off-max");
        }
    }

    /** Reads {@code patchbay.connectivity.redelivery}. */
    public static Retry of(Config config) {
        Config retry = config.getConfig(PATH);
        return new Retry(
                retry.getDuration("back-off-min"),
                retry.getDuration("back-off-max"),
                retry.getDuration("budget"));
    }

    /** How long to wait after this many tries. */
    public Duration pause(int tries) {
        int doublings = Math.min(tries - 1, 20);
        Duration pause = backOffMin.multipliedBy(1L << doublings);
        return pause.compareTo(backOffMax) > 0 ? backOffMax : pause;
    }
}
