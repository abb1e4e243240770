package org.patchbay.connectivity.encryption.migration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * How fast a migration goes.
 *
 * @param batchSize how many documents are rewritten before progress is stored
 * @param documentsPerMinuteMax how many are rewritten in a minute; 0 for as many as can be
 */
public record MigrationSettings(int batchSize, int documentsPerMinuteMax) {

    private static final String SECTION = "ditto.connectivity.connection.encryption.migration.";
    private static final String BATCH = SECTION + "batch-size";
    private static final String RATE = SECTION + "max-documents-per-minute";

    public MigrationSettings {
        atLeast(BATCH, batchSize, 1);
        atLeast(RATE, documentsPerMinuteMax, 0);
    }

    public static MigrationSettings of(Config config) {
        return new MigrationSettings(config.getInt(BATCH), config.getInt(RATE));
    }

    /** How long to wait after so many documents were rewritten. */
    Duration pauseAfter(long written) {
        return documentsPerMinuteMax == 0
                ? Duration.ZERO
                : Duration.ofMinutes(1).multipliedBy(written).dividedBy(documentsPerMinuteMax);
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new ConfigException.BadValue(key, "must be " + least + " or more, not " + value);
        }
    }
}
