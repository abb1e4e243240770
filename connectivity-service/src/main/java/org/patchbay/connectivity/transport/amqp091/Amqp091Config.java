package org.patchbay.connectivity.transport.amqp091;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What an operator sets for all AMQP 0.9.1 connections.
 *
 * @param prefetch how many messages of a queue a broker hands over before one is settled
 * @param heartbeat after which silence a broker counts as gone
 * @param exchangesMax over how many exchanges a link publishes side by side
 */
public record Amqp091Config(int prefetch, Duration heartbeat, int exchangesMax) {

    private static final String PATH = "patchbay.connectivity.amqp091";
    private static final int PREFETCH_MAX = 65_535;

    public Amqp091Config {
        if (prefetch < 1 || prefetch > PREFETCH_MAX) {
            throw new IllegalArgumentException(
                    PATH + ".prefetch must be from 1 to " + PREFETCH_MAX + ", not " + prefetch);
        }
        if (heartbeat.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    PATH + ".heartbeat must be at least 1s, not " + heartbeat);
        }
        if (exchangesMax < 1) {
            throw new IllegalArgumentException(
                    PATH + ".exchanges-max must be 1 or more, not " + exchangesMax);
        }
    }

    public static Amqp091Config of(Config root) {
        Config amqp = root.getConfig(PATH);
        return new Amqp091Config(
                amqp.getInt("prefetch"),
                amqp.getDuration("heartbeat"),
                amqp.getInt("exchanges-max"));
    }
}
