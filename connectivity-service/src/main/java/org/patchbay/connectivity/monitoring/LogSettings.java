package org.patchbay.connectivity.monitoring;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How much a connection's log keeps, and for how long.
 *
 * @param successCapacity entries kept of each category, type and address that went well
 * @param failureCapacity the same of those that did not
 * @param sizeMaxBytes how large the log of a client may get; the oldest entries go first
 * @param duration how long the log stays enabled
 */
public record LogSettings(
        int successCapacity, int failureCapacity, int sizeMaxBytes, Duration duration) {

    private static final String PATH = "ditto.connectivity.monitoring.logger";

    public LogSettings {
        positive("successCapacity", successCapacity);
        positive("failureCapacity", failureCapacity);
        positive("maxLogSizeBytes", sizeMaxBytes);
        positive("logDuration", duration.toMillis());
    }

    /** Reads {@code ditto.connectivity.monitoring.logger}. */
    public static LogSettings of(Config config) {
        Config logger = config.getConfig(PATH);
        return new LogSettings(
                logger.getInt("successCapacity"),
                logger.getInt("failureCapacity"),
                logger.getInt("maxLogSizeBytes"),
                logger.getDuration("logDuration"));
    }

    private static void positive(String key, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    PATH + "." + key + " is " + value + " but must be greater than 0");
        }
    }
}
