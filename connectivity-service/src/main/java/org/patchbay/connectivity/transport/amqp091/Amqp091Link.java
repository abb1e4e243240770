package org.patchbay.connectivity.transport.amqp091;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.SocketConfigurator;
import com.rabbitmq.client.SocketConfigurators;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Tls;

/**
 * One connection of the library with a thread of its own, on which everything happens that may wait
 * for the socket: in the order in which it was asked for, so that acknowledgements and messages go
 * out as they came.
 */
final class Amqp091Link {

    private static final int CLOSING_MAX_MS = 2_000;

    /** A piece of work that talks to the broker. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, TimeoutException;
    }

    private final org.patchbay.connectivity.model.Connection connection;
    private final ClientContext context;
    private final Amqp091Config config;
    private final String name;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("amqp091-", 0).factory());
    private volatile @Nullable Connection broker;

    /** What the connection is being made with; the library waits for the broker's answers on it. */
    private volatile @Nullable Socket socket;

    private volatile boolean givenUp;

    /**
     * @param purpose shown beside the connection's id in the broker's list of connections
     */
    Amqp091Link(
            org.patchbay.connectivity.model.Connection connection,
            ClientContext context,
            Amqp091Config config,
            String purpose) {
        this.connection = connection;
        this.context = context;
        this.config = config;
        this.name = connection.id() + "/" + context.clientIndex() + " " + purpose;
    }

    /**
     * Connects.
     *
     * @param lost told once if the broker goes away later
     */
    CompletionStage<Done> open(
            Endpoint endpoint, InetSocketAddress address, Consumer<ShutdownSignalException> lost) {
        return run(() -> {
            ConnectionFactory factory = factory(endpoint);
            var at = new Address(address.getAddress().getHostAddress(), address.getPort());
            Connection opened =
                    factory.newConnection(
                            Executors.newVirtualThreadPerTaskExecutor(), List.of(at), name);
            broker = opened;
            opened.addShutdownListener(cause -> {
                if (!cause.isInitiatedByApplication()) {
                    lost.accept(cause);
                }
            });
            return Done.getInstance();
        });
    }

    private ConnectionFactory factory(Endpoint endpoint) {
        var factory = new ConnectionFactory();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setThreadFactory(Thread.ofVirtual().factory());
        factory.setVirtualHost(virtualHost(connection.uri().path()));
        factory.setRequestedHeartbeat((int) config.heartbeat().toSeconds());
        int timeoutMs = (int) Math.min(context.connectTimeout().toMillis(), Integer.MAX_VALUE);
        factory.setConnectionTimeout(timeoutMs);
        factory.setHandshakeTimeout(timeoutMs);
        if (endpoint.username() != null) {
            factory.setUsername(endpoint.username());
        }
        if (endpoint.password() != null) {
            factory.setPassword(endpoint.password().reveal());
        }
        if (connection.credentials() instanceof Credentials.ClientCertificate) {
            factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
        }
        SocketConfigurator configurator =
                SocketConfigurators.defaultConfigurator().andThen(this::keep);
        if (checkScheme(connection)) {
            factory.useSslProtocol(Tls.context(connection));
            configurator = configurator.andThen(made -> Tls.checkHost(connection, endpoint, made));
        }
        factory.setSocketConfigurator(configurator);
        return factory;
    }

    /** One that is closed already can't be connected. */
    private void keep(Socket made) throws IOException {
        socket = made;
        if (givenUp) {
            made.close();
        }
    }

    /** The path of the uri is the virtual host; without one it is the default, a slash. */
    private static String virtualHost(String path) {
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        if (bare.length() <= 1) {
            return "/";
        }
        if (bare.indexOf('/', 1) >= 0) {
            throw Failure.byUser(
                            "The uri's path names a virtual host and has one part; write a slash"
                                    + " within its name as %2F.",
                            null)
                    .in(Layer.CONFIGURATION);
        }
        return URLDecoder.decode(bare.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * Whether the link is encrypted.
     *
     * @throws Failure where the uri is of another scheme
     */
    static boolean checkScheme(org.patchbay.connectivity.model.Connection connection) {
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

    /** The open connection. */
    Connection broker() {
        Connection open = broker;
        if (open == null) {
            throw new IllegalStateException("Connect first.");
        }
        return open;
    }

    /** Does the work on the link's thread, after all that was asked for before. */
    <T> CompletionStage<T> run(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    result.complete(work.run());
                } catch (IOException | TimeoutException | RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException closed) {
            result.completeExceptionally(closed);
        }
        return result;
    }

    /** Ends it after what was asked for before, an attempt to connect at once; idempotent. */
    CompletionStage<Done> close() {
        givenUp = true;
        Socket connecting = socket;
        if (broker == null && connecting != null) {
            // With TLS it may say goodbye, which takes as long as the other side wants.
            Thread.ofVirtual().start(() -> closeQuietly(connecting));
        }
        CompletionStage<Done> closed =
                run(() -> {
                    Connection open = broker;
                    if (open != null) {
                        open.abort(CLOSING_MAX_MS);
                    }
                    return Done.getInstance();
                });
        thread.shutdown();
        return closed.exceptionally(_ -> Done.getInstance());
    }

    private static void closeQuietly(Socket connecting) {
        try {
            connecting.close();
        } catch (IOException e) {
            // As good as closed.
        }
    }
}
