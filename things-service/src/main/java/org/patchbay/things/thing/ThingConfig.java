package org.patchbay.things.thing;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.patchbay.cluster.store.SnapshotSettings;
import org.patchbay.things.entity.ConfigTexts;

/**
 * How things are kept.
 *
 * @param snapshots when the whole state is stored
 * @param keptHeaders which of a command's headers are stored with its event
 * @param askTimeout how long to wait for a policy
 * @param sizeMax most bytes of a thing
 */
public record ThingConfig(
        SnapshotSettings snapshots, Set<String> keptHeaders, Duration askTimeout, long sizeMax) {

    private static final String THING = "ditto.things.thing.";

    public ThingConfig {
        ConfigTexts.require(
                askTimeout.isPositive(),
                THING + "supervisor.local-ask.timeout",
                askTimeout,
                "longer than 0");
        ConfigTexts.require(sizeMax > 0, "ditto.limits.things.max-size", sizeMax, "above 0");
        keptHeaders = Set.copyOf(keptHeaders);
    }

    public static ThingConfig of(Config config) {
        Config thing = config.getConfig("ditto.things.thing");
        return new ThingConfig(
                SnapshotSettings.of(config, THING + "snapshot"),
                new LinkedHashSet<>(ConfigTexts.list(thing, "event.historical-headers-to-persist")),
                thing.getDuration("supervisor.local-ask.timeout"),
                config.getBytes("ditto.limits.things.max-size"));
    }
}
