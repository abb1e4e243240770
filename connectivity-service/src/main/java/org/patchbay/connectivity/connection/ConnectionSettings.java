package org.patchbay.connectivity.connection;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.patchbay.cluster.store.SnapshotSettings;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.validation.credentials.HmacChecks;

/**
 * How connection entities are kept.
 *
 * @param snapshots when the whole state is stored
 * @param closedIdle after which time without a command a closed connection leaves memory
 * @param deletedIdle the same for a deleted one
 * @param clientAskTimeout how long a command waits for clients to open
 * @param clientCloseTimeout how long clients may take to close
 * @param spread over which nodes clients run
 * @param indexTimeout how long an answer waits for the index of ids, which learns it later
 *     otherwise
 */
public record ConnectionSettings(
        ConnectionLimits limits,
        SnapshotSettings snapshots,
        Duration closedIdle,
        Duration deletedIdle,
        Duration clientAskTimeout,
        Duration clientCloseTimeout,
        Spread spread,
        Duration indexTimeout) {

    /**
     * How the clients of a connection are spread over nodes.
     *
     * @param allOnOneNode whether they are not
     * @param movePause how long nodes have to stay the same before clients move
     * @param startTimeout how long another node may take to start a client
     */
    public record Spread(boolean allOnOneNode, Duration movePause, Duration startTimeout) {

        private static final String OURS = "patchbay.connectivity.clients.";

        static Spread of(Config config) {
            return new Spread(
                    config.getBoolean(CONNECTION + "all-client-actors-on-one-node"),
                    config.getDuration(OURS + "move-pause"),
                    config.getDuration(OURS + "start-timeout"));
        }
    }

    private static final String CONNECTION = "ditto.connectivity.connection.";
    private static final String LIMITS = "patchbay.connectivity.limits.";
    private static final String MAPPERS = "ditto.connectivity.mapping.mapper-limits.";

    public static ConnectionSettings of(Config config) {
        return new ConnectionSettings(
                new ConnectionLimits(
                        positive(config, CONNECTION + "max-source-number"),
                        positive(config, CONNECTION + "max-target-number"),
                        positive(config, MAPPERS + "max-source-mappers"),
                        positive(config, MAPPERS + "max-target-mappers"),
                        positive(config, LIMITS + "clients-max"),
                        positive(config, LIMITS + "consumers-max"),
                        ownAlgorithms(config)),
                SnapshotSettings.of(config, CONNECTION + "snapshot"),
                config.getDuration(CONNECTION + "activity-check.inactive-interval"),
                config.getDuration(CONNECTION + "activity-check.deleted-interval"),
                config.getDuration(CONNECTION + "client-actor-ask-timeout"),
                config.getDuration("ditto.connectivity.client.disconnecting-max-timeout"),
                Spread.of(config),
                config.getDuration("patchbay.connectivity.index-timeout"));
    }

    /** Ours are checked with their parameters, those of others when they are used. */
    private static Set<String> ownAlgorithms(Config config) {
        Set<String> names = new HashSet<>();
        for (String type : List.of("http-push", "amqp10")) {
            String path = CONNECTION + type + ".hmac-algorithms";
            if (config.hasPath(path)) {
                names.addAll(config.getObject(path).keySet());
            }
        }
        names.removeAll(HmacChecks.OURS);
        return Set.copyOf(names);
    }

    private static int positive(Config config, String key) {
        int value = config.getInt(key);
        if (value < 1) {
            throw new ConfigException.BadValue(key, "must be 1 or more, not " + value);
        }
        return value;
    }
}
