package org.patchbay.connectivity.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/** Where a connection of any type connects to. */
final class Endpoints {

    private static final Set<String> SECURE = Set.of("ssl", "mqtts", "amqps", "https");
    private static final Pattern SERVER =
            Pattern.compile("(?:[a-zA-Z]+://)?(?:\\[(?<v6>[^]]+)]|(?<host>[^:/]+)):(?<port>\\d+)");

    private Endpoints() {}

    /**
     * The host and port of the URI; Kafka's bootstrap servers instead, which are many.
     *
     * @param connection presets filled in
     */
    static List<Endpoint> of(Connection connection) {
        return switch (connection.type()) {
            case MQTT, MQTT_5, AMQP_091, AMQP_10, HTTP_PUSH -> List.of(Endpoint.of(connection));
            case KAFKA, HONO -> bootstrapServers(connection);
        };
    }

    static boolean isSecure(Endpoint endpoint) {
        return SECURE.contains(endpoint.scheme());
    }

    private static List<Endpoint> bootstrapServers(Connection connection) {
        String servers = connection.specificConfig().getOrDefault("bootstrapServers", "");
        Endpoint like = Endpoint.of(connection);
        return Arrays.stream(servers.split(",", -1))
                .map(server -> server(server.strip(), like))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Endpoint> server(String text, Endpoint like) {
        Matcher parts = SERVER.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group("v6") == null ? parts.group("host") : parts.group("v6");
        return Optional.of(
                new Endpoint(
                        like.scheme(),
                        host,
                        Integer.parseInt(parts.group("port")),
                        like.username(),
                        like.password()));
    }
}
