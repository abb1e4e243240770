package org.patchbay.connectivity.path.publishing;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How an outlet goes on whose messages are not taken.
 *
 * @param backOffMin the pause after the first failure
 * @param backOffMax what pauses grow to, doubling
 * @param triesMax how often one message is tried
 */
public record PublishSettings(Duration backOffMin, Duration backOffMax, int triesMax) {

    private static final String PATH = "patchbay.connectivity.publishing";
    private static final int DOUBLINGS_MAX = 20;

    public PublishSettings {
        if (backOffMin.isNegative()
                || backOffMin.isZero()
                || backOffMax.compareTo(backOffMin) < 0) {
            throw new IllegalArgumentException(
                    PATH + ".back-off-min must be greater than 0 and at most back-off-max");
        }
        if (triesMax < 1) {
            throw new IllegalArgumentException(
                    PATH + ".tries-max must be 1 or more, not " + triesMax);
        }
    }

    /** Reads {@code patchbay.connectivity.publishing}. */
    public static PublishSettings of(Config config) {
        Config publishing = config.getConfig(PATH);
        return new PublishSettings(
                publishing.getDuration("back-off-min"),
                publishing.getDuration("back-off-max"),
                publishing.getInt("tries-max"));
    }

    /** How long to pause after so many failures in a row. */
    Duration pause(int failures) {
        Duration pause = backOffMin.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return pause.compareTo(backOffMax) > 0 ? backOffMax : pause;
    }
}
