package org.patchbay.cluster.cleanup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.time.Duration;
import java.util.List;

/**
 * What is cleaned up and how fast.
 *
 * @param historyRetention how far back history reaches; what is older goes unless an entity is
 *     recovered from it
 * @param quietPeriod the pause after the start and after every pass
 * @param interval how often it is decided how much may be done
 * @param timerThreshold nothing is done for an interval if a write took longer than this
 * @param creditsPerBatch how many steps each decision allows: a query that finds nothing, or a
 *     deletion
 * @param readsPerQuery how many entities a query looks at
 * @param writesPerCredit how many documents a deletion deletes
 * @param deleteFinalDeletedSnapshot whether the last trace of a deleted entity goes as well, so
 *     that its revision starts anew
 */
public record CleanupSettings(
        boolean enabled,
        Duration historyRetention,
        Duration quietPeriod,
        Duration interval,
        Duration timerThreshold,
        int creditsPerBatch,
        int readsPerQuery,
        int writesPerCredit,
        boolean deleteFinalDeletedSnapshot) {

    private static final String ENABLED = "enabled";
    private static final String HISTORY_RETENTION = "history-retention-duration";
    private static final String QUIET_PERIOD = "quiet-period";
    private static final String INTERVAL = "interval";
    private static final String TIMER_THRESHOLD = "timer-threshold";
    private static final String CREDITS_PER_BATCH = "credits-per-batch";
    private static final String READS_PER_QUERY = "reads-per-query";
    private static final String WRITES_PER_CREDIT = "writes-per-credit";
    private static final String DELETE_FINAL = "delete-final-deleted-snapshot";
    private static final List<String> NAMES =
            List.of(
                    ENABLED,
                    HISTORY_RETENTION,
                    QUIET_PERIOD,
                    INTERVAL,
                    TIMER_THRESHOLD,
                    CREDITS_PER_BATCH,
                    READS_PER_QUERY,
                    WRITES_PER_CREDIT,
                    DELETE_FINAL);

    /**
     * @param section such as {@code ditto.things.thing.cleanup}
     */
    public static CleanupSettings of(Config config, String section) {
        return read(config.getConfig(section), section + ".");
    }

    /**
     * These settings with some of them changed.
     *
     * @throws ConfigException that names what is wrong and what is allowed
     */
    CleanupSettings with(ObjectNode changes) {
        changes.fieldNames()
                .forEachRemaining(name -> {
                    if (!NAMES.contains(name)) {
                        throw new ConfigException.BadValue(
                                name, "no such setting; there are " + String.join(", ", NAMES));
                    }
                });
        Config changed = parse(changes.toString()).withFallback(parse(json().toString())).resolve();
        return read(changed, "");
    }

    /** As operators read and write them. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(ENABLED, enabled);
        json.put(HISTORY_RETENTION, text(historyRetention));
        json.put(INTERVAL, text(interval));
        json.put(QUIET_PERIOD, text(quietPeriod));
        json.put(TIMER_THRESHOLD, text(timerThreshold));
        json.put(CREDITS_PER_BATCH, creditsPerBatch);
        json.put(READS_PER_QUERY, readsPerQuery);
        json.put(WRITES_PER_CREDIT, writesPerCredit);
        json.put(DELETE_FINAL, deleteFinalDeletedSnapshot);
        return json;
    }

    private static CleanupSettings read(Config config, String section) {
        return new CleanupSettings(
                config.getBoolean(ENABLED),
                duration(config, section, HISTORY_RETENTION, Duration.ZERO),
                duration(config, section, QUIET_PERIOD, Duration.ZERO),
                duration(config, section, INTERVAL, Duration.ofMillis(1)),
                duration(config, section, TIMER_THRESHOLD, Duration.ZERO),
                number(config, section, CREDITS_PER_BATCH),
                number(config, section, READS_PER_QUERY),
                number(config, section, WRITES_PER_CREDIT),
                config.getBoolean(DELETE_FINAL));
    }

    private static Duration duration(Config config, String section, String name, Duration least) {
        Duration value = config.getDuration(name);
        if (value.compareTo(least) < 0) {
            throw new ConfigException.BadValue(
                    section + name, "must be " + text(least) + " or more, not " + text(value));
        }
        return value;
    }

    private static int number(Config config, String section, String name) {
        int value = config.getInt(name);
        if (value < 1) {
            throw new ConfigException.BadValue(section + name, "must be 1 or more, not " + value);
        }
        return value;
    }

    private static Config parse(String json) {
        return ConfigFactory.parseString(
                json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    }

    /** In the largest unit that is exact, such as 30d, 5m or 150ms. */
    private static String text(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0s";
        }
        if (ms % 86_400_000 == 0) {
            return ms / 86_400_000 + "d";
        }
        if (ms % 3_600_000 == 0) {
            return ms / 3_600_000 + "h";
        }
        if (ms % 60_000 == 0) {
            return ms / 60_000 + "m";
        }
        return ms % 1_000 == 0 ? ms / 1_000 + "s" : ms + "ms";
    }
}
