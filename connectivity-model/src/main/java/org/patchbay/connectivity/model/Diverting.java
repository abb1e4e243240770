package org.patchbay.connectivity.model;

import java.util.Set;
import org.patchbay.connectivity.model.option.OptionValues;

/**
 * What the options of a connection say about diverting responses, from it to others and from others
 * to it.
 *
 * @param preservesReplies whether a diverted response goes the usual way, too
 * @param authorizedSources ids of the connections that may divert responses to this one
 */
public record Diverting(
        boolean isSource,
        boolean preservesReplies,
        boolean isTarget,
        Set<String> authorizedSources) {

    public static final String IS_SOURCE = "is-diversion-source";
    public static final String PRESERVES_REPLIES = "preserve-normal-response-via-source";
    public static final String IS_TARGET = "is-diversion-target";
    public static final String AUTHORIZED_SOURCES = "authorized-connections-as-sources";

    /** The types of responses there are. */
    public static final Set<String> RESPONSE_TYPES = Set.of("response", "error", "nack");

    /** Those that are diverted where nothing else is said. */
    public static final Set<String> RESPONSE_TYPES_DEFAULT = Set.of("response", "error");

    public Diverting {
        authorizedSources = Set.copyOf(authorizedSources);
    }

    public static Diverting of(Connection connection) {
        return new Diverting(
                flag(connection, IS_SOURCE),
                flag(connection, PRESERVES_REPLIES),
                flag(connection, IS_TARGET),
                Set.copyOf(OptionValues.list(text(connection, AUTHORIZED_SOURCES))));
    }

    /** Whether responses that this connection diverts are taken. */
    public boolean takesFrom(String connectionId) {
        return isTarget && authorizedSources.contains(connectionId);
    }

    private static boolean flag(Connection connection, String option) {
        return Boolean.TRUE.equals(OptionValues.flag(text(connection, option)));
    }

    private static String text(Connection connection, String option) {
        return connection.specificConfig().getOrDefault(option, "");
    }
}
