package org.patchbay.connectivity.transport.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/**
 * What a connection's {@code uri} and {@code specificConfig} say.
 *
 * @param servers to ask first; they name all others
 * @param secure whether links are encrypted
 * @param mechanism how the user is authenticated, as Kafka names it; null where nobody logs in
 * @param describes whether what a broker says of a published message is passed on
 */
record KafkaOptions(
        List<Endpoint> servers,
        boolean secure,
        @Nullable String mechanism,
        String groupId,
        boolean describes) {

    private static final Pattern SERVER =
            Pattern.compile(
                    "(?:[a-zA-Z]+://)?(?:\\[(?<v6>[^]]+)]|(?<host>[^:/]+)):(?<port>\\d{1,5})");
    private static final List<String> MECHANISMS =
            List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

    /**
     * @throws Failure where an option can't be used
     */
    static KafkaOptions of(Connection connection) {
        Map<String, String> options = connection.specificConfig();
        Endpoint like = Endpoint.of(connection);
        return new KafkaOptions(
                servers(options.getOrDefault("bootstrapServers", ""), like),
                isSecure(like),
                like.username() == null ? null : mechanism(options.get("saslMechanism")),
                options.getOrDefault("groupId", connection.id()),
                Boolean.parseBoolean(options.get("debugEnabled")));
    }

    private static List<Endpoint> servers(String text, Endpoint like) {
        List<Endpoint> servers =
                Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(server -> !server.isEmpty())
                        .map(server -> server(server, like))
                        .toList();
        if (servers.isEmpty()) {
            throw wrong(
                    "No server is named: bootstrapServers must be HOST:PORT, with commas for"
                            + " several.");
        }
        return servers;
    }

    private static Endpoint server(String text, Endpoint like) {
        Matcher parts = SERVER.matcher(text);
        if (!parts.matches()) {
            throw wrong("'" + text + "' in bootstrapServers must be HOST:PORT.");
        }
        String host = parts.group("v6") == null ? parts.group("host") : parts.group("v6");
        return like.at(host, Integer.parseInt(parts.group("port")));
    }

    private static boolean isSecure(Endpoint endpoint) {
        return switch (endpoint.scheme()) {
            case "tcp" -> false;
            case "ssl" -> true;
            default ->
                    throw wrong(
                            "The uri must start with tcp or ssl, not with "
                                    + endpoint.scheme()
                                    + ".");
        };
    }

    private static String mechanism(@Nullable String text) {
        String mechanism = text == null ? "" : text.toUpperCase(Locale.ROOT);
        if (!MECHANISMS.contains(mechanism)) {
            throw wrong(
                    "There is a user, so saslMechanism must be one of plain, scram-sha-256,"
                            + " scram-sha-512.");
        }
        return mechanism;
    }

    private static Failure wrong(String why) {
        return Failure.byUser(why, null).in(Layer.CONFIGURATION);
    }
}
