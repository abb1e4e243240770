package org.patchbay.gateway.websocket.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a session.
 *
 * @param commandsMax how many messages of a client are being handled at a time; no more are read
 *     then
 * @param outgoingMax how many messages wait for a client that is slow
 * @param unfilteredMax how many signals wait to be filtered
 * @param awaitingMax how many commands wait for acknowledgements or live responses
 * @param messageMax the longest message, in characters
 * @param throttling how often messages may come; null for no limit
 */
public record WebSocketSettings(
        int commandsMax,
        int outgoingMax,
        int unfilteredMax,
        int awaitingMax,
        long messageMax,
        @Nullable Throttling throttling) {

    private static final String DITTO = "ditto.gateway.streaming.websocket";
    private static final String COMMANDS = "subscriber.backpressure-queue-size";
    private static final String OUTGOING = "publisher.backpressure-buffer-size";
    private static final String FACTOR = "throttling-rejection-factor";
    private static final String OWN = "patchbay.gateway.websocket";
    private static final String AWAITING = "awaiting-max";
    private static final String UNFILTERED = "unfiltered-max";
    private static final String MESSAGE = "message-size-max";

    /**
     * How often messages may come.
     *
     * @param limit how many in the interval; those beyond wait
     * @param rejectionFactor times the limit: what comes beyond that in an interval is refused
     */
    public record Throttling(int limit, Duration interval, double rejectionFactor) {

        /** How many of an interval are taken at all. */
        public long taken() {
            return (long) (limit * rejectionFactor);
        }
    }

    /** Reads {@code ditto.gateway.streaming.websocket} and {@code patchbay.gateway.websocket}. */
    public static WebSocketSettings of(Config config) {
        Config ditto = config.getConfig(DITTO);
        Config own = config.getConfig(OWN);
        return new WebSocketSettings(
                positive(ditto.getInt(COMMANDS), DITTO, COMMANDS),
                positive(ditto.getInt(OUTGOING), DITTO, OUTGOING),
                positive(own.getInt(UNFILTERED), OWN, UNFILTERED),
                positive(own.getInt(AWAITING), OWN, AWAITING),
                positive(own.getBytes(MESSAGE), OWN, MESSAGE),
                throttling(ditto));
    }

    private static @Nullable Throttling throttling(Config ditto) {
        Config section = ditto.getConfig("throttling");
        int limit = positive(section.getInt("limit"), DITTO, "throttling.limit");
        Duration interval = section.getDuration("interval");
        check(
                !interval.isNegative() && !interval.isZero(),
                DITTO,
                "throttling.interval",
                "a positive duration");
        double factor = ditto.getDouble(FACTOR);
        check(factor >= 1, DITTO, FACTOR, "a number of at least 1");
        return section.getBoolean("enabled") ? new Throttling(limit, interval, factor) : null;
    }

    private static int positive(int value, String section, String key) {
        return (int) positive((long) value, section, key);
    }

    private static long positive(long value, String section, String key) {
        check(value > 0, section, key, "a number above 0");
        return value;
    }

    private static void check(boolean holds, String section, String key, String allowed) {
        if (!holds) {
            throw new ConfigException.BadValue(section + "." + key, "must be " + allowed);
        }
    }
}
