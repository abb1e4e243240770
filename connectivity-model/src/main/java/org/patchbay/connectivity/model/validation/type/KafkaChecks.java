package org.patchbay.connectivity.model.validation.type;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.option.OptionValues;
import org.patchbay.connectivity.model.problems.Findings;

/**
 * What Kafka needs besides the URI: {@code bootstrapServers} and, with a user, {@code
 * saslMechanism}.
 */
public final class KafkaChecks {

    public static final String SERVERS = "/specificConfig/bootstrapServers";

    private static final String MECHANISM = "/specificConfig/saslMechanism";
    private static final Pattern SERVER =
            Pattern.compile("(?:[a-zA-Z]+://)?(?<host>[^:/\\s]+|\\[[^]]+]):\\d{1,5}");

    private KafkaChecks() {}

    static void collect(Connection connection, Findings findings) {
        if (connection.type() != ConnectionType.KAFKA) {
            return;
        }
        List<String> servers = servers(connection);
        if (servers.isEmpty()) {
            findings.wrong(
                    SERVERS, "No server is named.", "Name HOST:PORT, with commas for several.");
        }
        for (String server : servers) {
            if (!SERVER.matcher(server).matches()) {
                findings.wrong(
                        SERVERS,
                        "'" + server + "' names no server.",
                        "Allowed: HOST:PORT, several separated by commas.");
            }
        }
        if (connection.uri().username() != null
                && !connection.specificConfig().containsKey("saslMechanism")) {
            findings.wrong(
                    MECHANISM,
                    "The URI names a user, but nothing says how he is authenticated.",
                    "Allowed: plain, scram-sha-256, scram-sha-512.");
        }
    }

    /** The hosts of the servers, those of a connection to Kafka itself. */
    public static List<String> hosts(Connection connection) {
        return connection.type() == ConnectionType.KAFKA
                ? servers(connection).stream()
                        .map(SERVER::matcher)
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group("host"))
                        .toList()
                : List.of();
    }

    private static List<String> servers(Connection connection) {
        return OptionValues.list(connection.specificConfig().getOrDefault("bootstrapServers", ""));
    }
}
