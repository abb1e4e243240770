package org.patchbay.connectivity.transport.amqp10;

import jakarta.jms.JMSException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.qpid.jms.JmsConnection;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.amqp10.message.Outcomes;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.HostContext;
import org.patchbay.connectivity.transport.endpoint.Tls;

/**
 * How the library is to connect: what a connection's {@code specificConfig} says of it, else the
 * settings.
 */
final class Amqp10Options {

    private static final String NESTED = "failover.nested.";
    private static final String CLIENT_ID = "jms.clientID";
    private static final String PREFETCH = "jms.prefetchPolicy.";
    private static final String ALL = PREFETCH + "all";
    private static final String CLOSING_MAX_MS = "2000";

    private final Connection connection;
    private final ClientContext context;
    private final Map<String, String> options;

    private Amqp10Options(
            Connection connection, ClientContext context, Map<String, String> options) {
        this.connection = connection;
        this.context = context;
        this.options = options;
    }

    static Amqp10Options of(Connection connection, ClientContext context, Amqp10Config config) {
        return new Amqp10Options(connection, context, merged(connection, context, config));
    }

    /** As for a trial: no place of another client is taken, and no message. */
    static Amqp10Options ofTrial(
            Connection connection, ClientContext context, Amqp10Config config) {
        Map<String, String> options = merged(connection, context, config);
        options.keySet().removeIf(name -> name.startsWith(PREFETCH));
        options.remove(CLIENT_ID);
        options.put(ALL, "0");
        return new Amqp10Options(connection, context, options);
    }

    private static Map<String, String> merged(
            Connection connection, ClientContext context, Amqp10Config config) {
        Map<String, String> given = given(connection.specificConfig());
        Duration patience = context.connectTimeout();
        Duration connect =
                patience.compareTo(config.connectTimeout()) < 0
                        ? patience
                        : config.connectTimeout();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("jms.clientIDPrefix", connection.id() + "/" + context.clientIndex() + ":");
        options.put("jms.connectTimeout", millis(connect));
        options.put("jms.sendTimeout", millis(config.sendTimeout()));
        options.put("jms.requestTimeout", millis(config.requestTimeout()));
        options.put("jms.closeTimeout", CLOSING_MAX_MS);
        options.put("amqp.idleTimeout", millis(config.idleTimeout()));
        options.put("transport.connectTimeout", millis(connect));
        options.put(
                "transport.sharedEventLoopThreads",
                String.valueOf(Runtime.getRuntime().availableProcessors()));
        String prefetch = given.getOrDefault(ALL, String.valueOf(config.prefetch()));
        for (String kind : new String[] {"queuePrefetch", "topicPrefetch"}) {
            options.put(PREFETCH + kind, prefetch);
        }
        given.remove(ALL);
        options.putAll(given);
        if (!connection.validateCertificates()) {
            options.put("transport.verifyHost", "false");
        }
        return options;
    }

    /**
     * What is the library's of a connection's options. Those of its failover go to it only as far
     * as they are about one broker, and files of keys have no part in whom a connection trusts.
     */
    private static Map<String, String> given(Map<String, String> specificConfig) {
        Map<String, String> given = new LinkedHashMap<>();
        specificConfig.forEach((name, value) -> {
            String plain = name.startsWith(NESTED) ? name.substring(NESTED.length()) : name;
            boolean isLibrarys =
                    plain.startsWith("jms.")
                            || plain.startsWith("amqp.")
                            || plain.startsWith("transport.");
            boolean isOfFiles =
                    plain.startsWith("transport.keyStore")
                            || plain.startsWith("transport.trustStore");
            if (isLibrarys && !isOfFiles) {
                given.put(plain, value);
            }
        });
        return given;
    }

    /**
     * Whether links are encrypted.
     *
     * @throws Failure where the uri is of another scheme
     */
    static boolean isSecure(Connection connection) {
        return switch (connection.uri().scheme()) {
            case "amqp" -> false;
            case "amqps" -> true;
            default ->
                    throw Failure.byUser(
                                    "The uri must start with amqp or amqps, not with "
                                            + connection.uri().scheme()
                                            + ".",
                                    null)
                            .in(Layer.CONFIGURATION);
        };
    }

    /**
     * Connects; waits for it.
     *
     * @param address where to, whatever the endpoint's host leads to
     * @param login null where the options may say who it is, or nobody does
     * @param links how many links this client has made before: their ids must not be the same
     */
    JmsConnection connect(
            Endpoint endpoint, InetSocketAddress address, @Nullable Login login, int links)
            throws JMSException {
        HostContext tls = isSecure(connection) ? Tls.context(connection, endpoint) : null;
        JmsConnection broker;
        try {
            broker = created(factory(endpoint, address, tls, links), login);
        } catch (JMSException e) {
            if (tls != null && tls.failure() != null) {
                e.addSuppressed(tls.failure());
            }
            throw e;
        }
        try {
            broker.start();
            return broker;
        } catch (JMSException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static JmsConnection created(JmsConnectionFactory factory, @Nullable Login login)
            throws JMSException {
        try {
            return (JmsConnection)
                    (login == null
                            ? factory.createConnection()
                            : factory.createConnection(
                                    login.username(), login.password().reveal()));
        } catch (JMSException e) {
            if (e.getCause() instanceof IllegalArgumentException unknown) {
                throw notAccepted(unknown);
            }
            throw e;
        }
    }

    private JmsConnectionFactory factory(
            Endpoint endpoint, InetSocketAddress address, @Nullable HostContext tls, int links) {
        try {
            var factory = new JmsConnectionFactory(uri(endpoint, address, links));
            factory.setTracer(new Outcomes());
            if (tls != null) {
                factory.setSslContext(tls);
            }
            return factory;
        } catch (IllegalArgumentException e) {
            throw notAccepted(e);
        }
    }

    private static Failure notAccepted(IllegalArgumentException e) {
        return Failure.byUser("The options in 'specificConfig' can't be used: " + e.getMessage(), e)
                .in(Layer.CONFIGURATION);
    }

    /** Each of several clients, and each link after the first, needs an id of its own. */
    private String suffix(int links) {
        return (context.clientIndex() == 0 ? "" : "-" + context.clientIndex())
                + (links == 0 ? "" : "~" + links);
    }

    /** What the library is told: where to, and all options. */
    String uri(Endpoint endpoint, InetSocketAddress address, int links) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putIfAbsent("amqp.vhost", endpoint.host());
        all.computeIfPresent(CLIENT_ID, (_, id) -> id + suffix(links));
        String host = address.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        String literal = zone < 0 ? host : host.substring(0, zone);
        return (isSecure(connection) ? "amqps://" : "amqp://")
                + (literal.indexOf(':') < 0 ? literal : "[" + literal + "]")
                + ":"
                + address.getPort()
                + "?"
                + all.entrySet().stream()
                        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String millis(Duration duration) {
        return String.valueOf(Math.min(duration.toMillis(), Integer.MAX_VALUE));
    }
}
