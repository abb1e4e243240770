package org.patchbay.connectivity.transport.amqp10;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Map;
import org.patchbay.connectivity.transport.signing.Algorithms;

/**
 * What an operator sets for all AMQP 1.0 connections.
 *
 * @param connectTimeout for an attempt to connect
 * @param sendTimeout for a message to be settled by the broker
 * @param requestTimeout for a consumer or producer to be attached
 * @param idleTimeout after which silence a broker counts as gone
 * @param stoppedAfter after which time without credit a broker takes no messages for an address
 * @param prefetch how many messages of an address a broker sends ahead
 * @param unsettledMax how many messages of an address are under way before one is settled
 * @param producersMax to how many addresses a link publishes side by side
 * @param reattachMin the pause before an address is consumed again that the broker has closed
 * @param reattachMax what that pause grows to
 * @param algorithms for credentials of type hmac, by name
 */
public record Amqp10Config(
        Duration connectTimeout,
        Duration sendTimeout,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration stoppedAfter,
        int prefetch,
        int unsettledMax,
        int producersMax,
        Duration reattachMin,
        Duration reattachMax,
        Map<String, SessionSigning> algorithms) {

    private static final String DITTO = "ditto.connectivity.connection.amqp10";
    private static final String OWN = "patchbay.connectivity.amqp10";
    private static final int PREFETCH_MAX = 32_767;

    public Amqp10Config {
        positive(DITTO + ".global-connect-timeout", connectTimeout);
        positive(DITTO + ".global-send-timeout", sendTimeout);
        positive(DITTO + ".global-request-timeout", requestTimeout);
        positive(OWN + ".idle-timeout", idleTimeout);
        positive(OWN + ".stopped-after", stoppedAfter);
        within(DITTO + ".global-prefetch-policy-all-count", prefetch, 0, PREFETCH_MAX);
        within(OWN + ".unsettled-max", unsettledMax, 1, Integer.MAX_VALUE);
        within(DITTO + ".producer-cache-size", producersMax, 1, Integer.MAX_VALUE);
        positive(DITTO + ".backoff.timeout.min-timeout", reattachMin);
        if (reattachMax.compareTo(reattachMin) < 0) {
            throw new IllegalArgumentException(
                    DITTO
                            + ".backoff.timeout.max-timeout is "
                            + reattachMax
                            + " but must be at least min-timeout, which is "
                            + reattachMin);
        }
    }

    public static Amqp10Config of(Config root) {
        Config ditto = root.getConfig(DITTO);
        Config own = root.getConfig(OWN);
        return new Amqp10Config(
                ditto.getDuration("global-connect-timeout"),
                ditto.getDuration("global-send-timeout"),
                ditto.getDuration("global-request-timeout"),
                own.getDuration("idle-timeout"),
                own.getDuration("stopped-after"),
                ditto.getInt("global-prefetch-policy-all-count"),
                unsettledMax(own, ditto.getConfig("consumer.throttling")),
                ditto.getInt("producer-cache-size"),
                ditto.getDuration("backoff.timeout.min-timeout"),
                ditto.getDuration("backoff.timeout.max-timeout"),
                Algorithms.of(root, DITTO + ".hmac-algorithms", SessionSigning.class));
    }

    /** Throttled sources have a bound of their own for what is under way. */
    private static int unsettledMax(Config own, Config throttling) {
        double factor = throttling.getDouble("max-in-flight-factor");
        if (!(factor >= 1) || factor > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    DITTO
                            + ".consumer.throttling.max-in-flight-factor must be 1 or more, not "
                            + factor);
        }
        return throttling.getBoolean("enabled")
                ? (int) Math.min(throttling.getInt("limit") * factor, Integer.MAX_VALUE)
                : own.getInt("unsettled-max");
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(key + " must be greater than 0, not " + value);
        }
    }

    private static void within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    key + " must be from " + min + " to " + max + ", not " + value);
        }
    }
}
