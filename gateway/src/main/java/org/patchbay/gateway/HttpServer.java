package org.patchbay.gateway;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.patchbay.cluster.health.Health;
import org.patchbay.gateway.apidoc.ApiDocRoutes;
import org.patchbay.gateway.authentication.Authentication;
import org.patchbay.gateway.authentication.DevopsSettings.Access;
import org.patchbay.gateway.connections.ConnectionRoutes;
import org.patchbay.gateway.connections.MappingTestRoutes;
import org.patchbay.gateway.devops.NodeRoutes;
import org.patchbay.gateway.documents.FetchedDocuments;
import org.patchbay.gateway.edge.Edge;
import org.patchbay.gateway.http.Bodies;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Router;
import org.patchbay.gateway.http.UnderWay;
import org.patchbay.gateway.piggyback.PiggybackRoutes;
import org.patchbay.gateway.twins.MessageRoutes;
import org.patchbay.gateway.twins.PolicyRoutes;
import org.patchbay.gateway.twins.ThingRoutes;
import org.patchbay.gateway.twins.Twins;
import org.patchbay.gateway.websocket.WebSocketRoutes;
import org.patchbay.gateway.websocket.session.Sessions;

/** The HTTP server: which resources there are, and where they are served. */
final class HttpServer {

    private static final String DRAINING =
            "pekko.coordinated-shutdown.phases.service-requests-done";
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final String HASHING = "patchbay.gateway.hashing-dispatcher";

    private final ActorSystem<?> system;
    private final GatewayConfig config;
    private final ActorRef<Sessions.Command> sessions;
    private final UnderWay requests;
    private final Edge edge;

    HttpServer(
            ActorSystem<?> system,
            GatewayConfig config,
            ActorRef<SpawnProtocol.Command> collectors,
            ActorRef<Sessions.Command> sessions) {
        this.system = system;
        this.sessions = sessions;
        this.config = config;
        Bodies bodies =
                new Bodies(system, config.http().bodyMaxBytes(), config.http().requestTimeout());
        Authentication authentication =
                Authentication.of(
                        config.authentication(),
                        system.dispatchers().lookup(DispatcherSelector.fromConfig(HASHING)),
                        new FetchedDocuments(system, config.fetching()),
                        InstantSource.system());
        List<Route> sockets =
                new WebSocketRoutes(system, sessions, config.webSocket(), authentication).routes();
        List<Route> all =
                Stream.concat(sockets.stream(), routes(system, config, collectors).stream())
                        .toList();
        this.requests = new UnderWay(new Router(all, authentication, bodies));
        this.edge = new Edge(config.edge(), bodies, requests::route);
    }

    /** All that is served but WebSockets; of several routes that match a path the first counts. */
    static List<Route> routes(
            ActorSystem<?> system,
            GatewayConfig config,
            ActorRef<SpawnProtocol.Command> collectors) {
        Twins twins = new Twins(system, collectors);
        return Stream.of(
                        new HealthRoutes(
                                        Health.of(system)::check,
                                        config.healthLifetime(),
                                        config.authentication().devops().status()
                                                instanceof Access.Everybody)
                                .routes(),
                        new WhoamiRoutes().routes(),
                        new ApiDocRoutes().routes(),
                        new MessageRoutes(twins, config).routes(),
                        new ThingRoutes(twins, config).routes(),
                        new PolicyRoutes(twins, config).routes(),
                        new MappingTestRoutes(system, config).routes(),
                        new ConnectionRoutes(system, config).routes(),
                        new NodeRoutes(system, config).routes(),
                        new PiggybackRoutes(system, config).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Binds; requests under way are finished, or at least answered, when the system shuts down. */
    CompletionStage<ServerBinding> bind() {
        Config all = system.settings().config();
        ServerSettings settings = settings(all);
        return Http.get(system)
                .newServerAt(config.http().bindHost(), config.http().port())
                .withSettings(settings)
                .bind(edge::handle)
                .thenApply(binding -> stopsWithTheSystem(binding, drainTimeout(all)));
    }

    /** Those of Pekko's server, with what this server needs of its own. */
    static ServerSettings settings(Config all) {
        return ServerSettings.create(
                all.getConfig("patchbay.gateway.server")
                        .atPath("pekko.http.server")
                        .withFallback(all));
    }

    private ServerBinding stopsWithTheSystem(ServerBinding binding, Duration drain) {
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceUnbind(),
                        "answer-requests-under-way",
                        () -> {
                            sessions.tell(new Sessions.Stop());
                            system.scheduler()
                                    .scheduleOnce(drain, requests::stop, system.executionContext());
                            return CompletableFuture.completedFuture(Done.getInstance());
                        });
        return binding.addToCoordinatedShutdown(drain.plus(LAST_WORDS), system);
    }

    /** As configured, but so that the last words are said before Pekko's phase ends. */
    private Duration drainTimeout(Config all) {
        String own = DRAINING + ".timeout";
        Duration phase =
                all.getDuration(
                        all.hasPath(own)
                                ? own
                                : "pekko.coordinated-shutdown.default-phase-timeout");
        Duration bound = phase.minus(LAST_WORDS).minus(LAST_WORDS);
        Duration wanted = config.http().drainTimeout();
        if (wanted.compareTo(bound) <= 0) {
            return wanted;
        }
        return bound.isNegative() ? Duration.ZERO : bound;
    }
}
