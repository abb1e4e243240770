package org.patchbay.connectivity.ids;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * How the index is built and kept.
 *
 * @param pageSize how many stored connections are read at once
 * @param firstWakeDelay how long after the start it is first looked after open connections
 * @param wakeInterval how often that is done again
 * @param wakeEntities how many are woken in each {@code wakePeriod}
 */
public record IdsSettings(
        int pageSize,
        Duration firstWakeDelay,
        Duration wakeInterval,
        int wakeEntities,
        Duration wakePeriod) {

    private static final String SCAN =
            "ditto.connectivity.connection-ids-retrieval.read-snapshot-batch-size";
    private static final String PING = "ditto.connectivity.persistence-ping.";

    public static IdsSettings of(Config config) {
        return new IdsSettings(
                positive(config, SCAN),
                config.getDuration(PING + "initial-delay"),
                config.getDuration(PING + "interval"),
                positive(config, PING + "rate.entities"),
                config.getDuration(PING + "rate.frequency"));
    }

    private static int positive(Config config, String key) {
        int value = config.getInt(key);
        if (value < 1) {
            throw new ConfigException.BadValue(key, "must be 1 or more, not " + value);
        }
        return value;
    }
}
