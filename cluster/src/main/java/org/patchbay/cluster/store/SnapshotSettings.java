package org.patchbay.cluster.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * When the whole state of an entity is stored, whichever comes first.
 *
 * @param threshold after so many events
 * @param interval so long after an event
 */
public record SnapshotSettings(int threshold, Duration interval) {

    /**
     * @param section such as {@code ditto.things.thing.snapshot}
     */
    public static SnapshotSettings of(Config config, String section) {
        int threshold = config.getInt(section + ".threshold");
        if (threshold < 1) {
            throw new ConfigException.BadValue(
                    section + ".threshold", "must be 1 or more, not " + threshold);
        }
        Duration interval = config.getDuration(section + ".interval");
        if (!interval.isPositive()) {
            throw new ConfigException.BadValue(
                    section + ".interval", "must be longer than 0, not " + interval);
        }
        return new SnapshotSettings(threshold, interval);
    }
}
