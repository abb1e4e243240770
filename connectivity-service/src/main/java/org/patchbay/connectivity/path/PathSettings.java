package org.patchbay.connectivity.path;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of a message path.
 *
 * @param sourceInFlightMax how many messages of a source are under way at once
 * @param targetBufferMax how many signals wait for a target before further ones are dropped
 * @param targetInFlightMax how many messages of a target the broker has not taken yet
 * @param askTimeout how long to wait for a twin's answer before the message is tried again
 */
public record PathSettings(
        int sourceInFlightMax,
        int targetBufferMax,
        int targetInFlightMax,
        Duration askTimeout,
        Retry retry) {

    private static final String PATH = "patchbay.connectivity.path";

    public PathSettings {
        positive("source-in-flight-max", sourceInFlightMax);
        positive("target-buffer-max", targetBufferMax);
        positive("target-in-flight-max", targetInFlightMax);
        positive("ask-timeout", askTimeout.toMillis());
    }

    /** Reads {@code patchbay.connectivity.path}. */
    public static PathSettings of(Config config) {
        Config path = config.getConfig(PATH);
        return new PathSettings(
                path.getInt("source-in-flight-max"),
                path.getInt("target-buffer-max"),
                path.getInt("target-in-flight-max"),
                path.getDuration("ask-timeout"),
                Retry.of(config));
    }

    private static void positive(String key, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    PATH + "." + key + " is " + value + " but must be greater than 0");
        }
    }
}
