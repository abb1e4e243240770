package org.patchbay.connectivity.path;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.path.publishing.PublishSettings;

/**
 * The bounds of a message path.
 *
 * @param sourceInFlightMax how many messages of a source are under way at once
 * @param targetBufferMax how many signals wait for a target before further ones are dropped
 * @param targetInFlightMax how many messages of a target the broker has not taken yet
 * @param subscriberBufferMax how many signals wait for it to be found out which targets they are
 *     for, before further ones are dropped
 * @param askTimeout how long to wait for a twin's answer before the message is tried again
 * @param publishFailedEnrichments whether a signal goes out without the extra fields that are
 *     wanted
 * @param throttling for each type whose sources are slowed down
 */
public record PathSettings(
        int sourceInFlightMax,
        int targetBufferMax,
        int targetInFlightMax,
        int subscriberBufferMax,
        Duration askTimeout,
        boolean publishFailedEnrichments,
        Retry retry,
        PublishSettings publishing,
        Map<ConnectionType, Throttling> throttling) {

    private static final String PUBLISH_FAILED_ENRICHMENTS =
            "ditto.connectivity.mapping.publish-failed-enrichments";
    private static final String PATH = "patchbay.connectivity.path";

    public PathSettings {
        positive("source-in-flight-max", sourceInFlightMax);
        positive("target-buffer-max", targetBufferMax);
        positive("target-in-flight-max", targetInFlightMax);
        positive("subscriber-buffer-max", subscriberBufferMax);
        positive("ask-timeout", askTimeout.toMillis());
    }

    /** Reads {@code patchbay.connectivity.path}. */
    public static PathSettings of(Config config) {
        Config path = config.getConfig(PATH);
        return new PathSettings(
                path.getInt("source-in-flight-max"),
                path.getInt("target-buffer-max"),
                path.getInt("target-in-flight-max"),
                path.getInt("subscriber-buffer-max"),
                path.getDuration("ask-timeout"),
                config.getBoolean(PUBLISH_FAILED_ENRICHMENTS),
                Retry.of(config),
                PublishSettings.of(config),
                throttling(config));
    }

    private static Map<ConnectionType, Throttling> throttling(Config config) {
        Map<ConnectionType, Throttling> throttling = new EnumMap<>(ConnectionType.class);
        for (ConnectionType type : ConnectionType.values()) {
            Throttling.of(config, type).ifPresent(one -> throttling.put(type, one));
        }
        return throttling;
    }

    /**
     * How many answers may wait to be published. When half of them do, sources take in nothing
     * more, and the answers of what is under way then have room yet.
     */
    public int repliesMax(List<Source> sources) {
        int streams = sources.stream().mapToInt(Source::consumerCount).sum();
        return 2 * Math.max(1, streams) * sourceInFlightMax;
    }

    private static void positive(String key, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    PATH + "." + key + " is " + value + " but must be greater than 0");
        }
    }
}
