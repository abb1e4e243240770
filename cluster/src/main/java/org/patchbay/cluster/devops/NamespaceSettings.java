package org.patchbay.cluster.devops;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.time.Instant;
import org.patchbay.cluster.namespace.BlockedNamespaces;

/**
 * How namespaces are blocked and purged.
 *
 * @param blockTime how long a block lasts; zero for ever
 * @param delayAfterStop how long after its entities were stopped a namespace is erased
 */
public record NamespaceSettings(Duration blockTime, Duration delayAfterStop) {

    private static final String BLOCK_TIME = "ditto.devops.namespace.block-time";
    private static final String DELAY =
            "ditto.persistence.operations.delay-after-persistence-actor-shutdown";

    public NamespaceSettings {
        check(blockTime, BLOCK_TIME);
        check(delayAfterStop, DELAY);
    }

    public static NamespaceSettings of(Config config) {
        return new NamespaceSettings(config.getDuration(BLOCK_TIME), config.getDuration(DELAY));
    }

    /** When a block ends that begins now. */
    public Instant blockEnd() {
        return blockTime.isZero() ? BlockedNamespaces.NEVER : Instant.now().plus(blockTime);
    }

    /** How long entities may take to stop: their last write may be under way. */
    Duration stopTimeout() {
        return Duration.ofSeconds(30);
    }

    private static void check(Duration duration, String key) {
        if (duration.isNegative()) {
            throw new ConfigException.BadValue(key, "must be a duration of zero or more");
        }
    }
}
