package org.patchbay.connectivity.path.acknowledgement;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * @param declareInterval how often labels are declared again while another subscriber has one
 * @param issuedMaxBytes how large the payload of an issued acknowledgement may be
 */
public record AckSettings(Duration declareInterval, int issuedMaxBytes) {

    private static final String PATH = "ditto.connectivity.connection";
    private static final String INTERVAL = "ack-label-declare-interval";
    private static final String MAX_BYTES = "acknowledgement.issued-max-bytes";

    public AckSettings {
        if (declareInterval.isNegative() || declareInterval.isZero()) {
            throw new IllegalArgumentException(
                    PATH
                            + "."
                            + INTERVAL
                            + " is "
                            + declareInterval
                            + " but must be longer than 0");
        }
        if (issuedMaxBytes < 0) {
            throw new IllegalArgumentException(
                    PATH
                            + "."
                            + MAX_BYTES
                            + " is "
                            + issuedMaxBytes
                            + " but must not be less than 0");
        }
    }

    /** Reads {@code ditto.connectivity.connection}. */
    public static AckSettings of(Config config) {
        Config connection = config.getConfig(PATH);
        return new AckSettings(connection.getDuration(INTERVAL), connection.getInt(MAX_BYTES));
    }
}
