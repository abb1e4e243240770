package org.patchbay.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchbay.gateway.authentication.AuthenticationConfig;
import org.patchbay.gateway.documents.FetchSettings;
import org.patchbay.gateway.edge.EdgeSettings;
import org.patchbay.gateway.websocket.session.WebSocketSettings;

/**
 * The gateway's configuration, checked when it is read: a wrong value names its key and what is
 * allowed.
 *
 * @param fetching how issuers of tokens are asked for their keys
 * @param healthLifetime how long a health found well is not looked at again
 * @param listParallelism how many connections are asked at a time when all are listed
 * @param webSocket the bounds of sessions
 * @param defaultNamespace of things and policies whose ids are made up here
 */
public record GatewayConfig(
        Http http,
        Timeout commands,
        Timeout messages,
        Timeout claims,
        EdgeSettings edge,
        AuthenticationConfig authentication,
        FetchSettings fetching,
        Duration healthLifetime,
        int listParallelism,
        WebSocketSettings webSocket,
        String defaultNamespace) {

    private static final String HTTP = "ditto.gateway.http.";

    /**
     * Where and how HTTP is served.
     *
     * @param host empty for every address of the machine
     * @param port 0 for one that the system chooses
     * @param bodyMaxBytes the largest request body
     * @param requestTimeout how long a body may take to arrive
     * @param drainTimeout how long requests under way may take when the process stops
     * @param jsonMediaTypes media types that are read like application/json
     */
    public record Http(
            String host,
            int port,
            long bodyMaxBytes,
            Duration requestTimeout,
            Duration drainTimeout,
            Set<String> jsonMediaTypes) {

        public Http {
            check(port >= 0 && port <= 65_535, HTTP + "port", "a port from 0 to 65535");
            check(bodyMaxBytes > 0, HTTP + "max-connection-size", "a size of at least one byte");
            check(isPositive(requestTimeout), HTTP + "request-timeout", "a positive duration");
            check(
                    !drainTimeout.isNegative(),
                    HTTP + "coordinated-shutdown-timeout",
                    "a duration of zero or more");
            jsonMediaTypes = Set.copyOf(jsonMediaTypes);
        }

        /** The address to bind. */
        public String bindHost() {
            return host.isBlank() ? "0.0.0.0" : host;
        }
    }

    /** How long an answer is waited for when a request does not say, and the longest it may say. */
    public record Timeout(Duration standard, Duration max) {}

    public GatewayConfig {
        check(listParallelism > 0, "patchbay.gateway.list-parallelism", "a number above 0");
    }

    /** Reads the sections {@code ditto.gateway} and {@code patchbay.gateway}. */
    public static GatewayConfig of(Config config) {
        Config gateway = config.getConfig("ditto.gateway");
        return new GatewayConfig(
                http(gateway.getConfig("http")),
                timeout(gateway, "command"),
                timeout(gateway, "message"),
                timeout(gateway, "claim-message"),
                EdgeSettings.of(config),
                AuthenticationConfig.of(config),
                FetchSettings.of(config),
                gateway.getDuration("public-health.cache-timeout"),
                config.getInt("patchbay.gateway.list-parallelism"),
                WebSocketSettings.of(config),
                config.getString("patchbay.gateway.default-namespace"));
    }

    private static Http http(Config http) {
        return new Http(
                http.getString("hostname"),
                http.getInt("port"),
                http.getBytes("max-connection-size"),
                http.getDuration("request-timeout"),
                http.getDuration("coordinated-shutdown-timeout"),
                Arrays.stream(http.getString("additional-accepted-media-types").split(","))
                        .map(type -> type.strip().toLowerCase(Locale.ROOT))
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Timeout timeout(Config gateway, String section) {
        String key = "ditto.gateway." + section + ".";
        Duration standard = gateway.getDuration(section + ".default-timeout");
        Duration max = gateway.getDuration(section + ".max-timeout");
        check(isPositive(max), key + "max-timeout", "a positive duration");
        check(
                isPositive(standard) && standard.compareTo(max) <= 0,
                key + "default-timeout",
                "a positive duration of at most max-timeout");
        return new Timeout(standard, max);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean holds, String key, String allowed) {
        if (!holds) {
            throw new ConfigException.BadValue(key, "must be " + allowed);
        }
    }
}
