package org.patchbay.gateway;

import com.typesafe.config.Config;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.patchbay.cluster.health.Health;
import org.patchbay.cluster.health.Health.Part;
import org.patchbay.cluster.health.Health.Status;
import org.patchbay.gateway.websocket.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the gateway: reads its configuration, binds HTTP, reports its health. Where it can't bind
 * it fails with a {@link NotListeningException}, which whoever watches it gets to see.
 */
public final class GatewayRoot {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayRoot.class);
    private static final String IDLE_TIMEOUT = "pekko.http.server.idle-timeout";
    private static final String HEALTH_PART = "http";

    private record Bound(ServerBinding binding) {}

    private record NotBound(Throwable cause) {}

    /** Nobody listens: the address can't be bound. */
    public static final class NotListeningException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotListeningException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private GatewayRoot() {}

    /**
     * Reads all settings of this service, so that a wrong one is told before anything starts.
     *
     * @throws com.typesafe.config.ConfigException that says which setting it is and what is allowed
     */
    public static void checkSettings(Config config) {
        GatewayConfig.of(config);
        config.getInt("ditto.gateway.authentication.http.proxy.port");
        if (!config.getString(IDLE_TIMEOUT).equals("infinite")) {
            config.getDuration(IDLE_TIMEOUT);
        }
        HttpServer.settings(config);
    }

    public static Behavior<Void> create() {
        return create(_ -> {});
    }

    /**
     * @param whenBound learns the address that is listened at
     */
    public static Behavior<Void> create(Consumer<InetSocketAddress> whenBound) {
        return Behaviors.<Object>setup(context -> start(context, whenBound)).narrow();
    }

    private static Behavior<Object> start(
            ActorContext<Object> context, Consumer<InetSocketAddress> whenBound) {
        ActorSystem<Void> system = context.getSystem();
        GatewayConfig config = GatewayConfig.of(system.settings().config());
        ActorRef<SpawnProtocol.Command> collectors =
                context.spawn(SpawnProtocol.create(), "collectors");
        ActorRef<Sessions.Command> sessions = context.spawn(Sessions.create(), "sessions");
        HttpServer server = new HttpServer(system, config, collectors, sessions);
        register(system, new Part(Status.DOWN, "not listening yet"));
        context.pipeToSelf(
                server.bind(),
                (binding, failure) -> binding == null ? new NotBound(failure) : new Bound(binding));
        return Behaviors.receive(Object.class)
                .onMessage(Bound.class, bound -> listening(system, bound, whenBound))
                .onMessage(
                        NotBound.class,
                        failed -> {
                            throw notListening(config.http(), failed.cause());
                        })
                .build();
    }

    private static Behavior<Object> listening(
            ActorSystem<?> system, Bound bound, Consumer<InetSocketAddress> whenBound) {
        InetSocketAddress address = bound.binding().localAddress();
        LOG.atInfo()
                .addKeyValue("address", address.getHostString())
                .addKeyValue("port", address.getPort())
                .log("HTTP is served.");
        register(system, new Part(Status.UP, "listening on port " + address.getPort()));
        whenBound.accept(address);
        return Behaviors.same();
    }

    private static NotListeningException notListening(GatewayConfig.Http http, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new NotListeningException(
                "HTTP can't listen on %s:%d: %s"
                        .formatted(http.bindHost(), http.port(), cause.getMessage()),
                cause);
    }

    private static void register(ActorSystem<?> system, Part part) {
        Health.of(system).register(HEALTH_PART, () -> CompletableFuture.completedFuture(part));
    }
}
