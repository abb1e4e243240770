package org.patchbay.gateway;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.patchbay.cluster.health.Health;
import org.patchbay.gateway.authentication.Authentication;
import org.patchbay.gateway.connections.ConnectionRoutes;
import org.patchbay.gateway.connections.PiggybackRoutes;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Bodies;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Router;
import org.patchbay.gateway.twins.MessageRoutes;
import org.patchbay.gateway.twins.PolicyRoutes;
import org.patchbay.gateway.twins.ThingRoutes;
import org.patchbay.gateway.twins.Twins;

/** The HTTP server: which resources there are, and where they are served. */
final class HttpServer {

    private static final String HASHING = "patchbay.gateway.hashing-dispatcher";

    private final ActorSystem<?> system;
    private final GatewayConfig config;
    private final Router router;

    HttpServer(
            ActorSystem<?> system,
            GatewayConfig config,
            ActorRef<SpawnProtocol.Command> collectors) {
        this.system = system;
        this.config = config;
        this.router =
                new Router(
                        routes(collectors),
                        Authentication.of(
                                config.authentication(),
                                system.dispatchers()
                                        .lookup(DispatcherSelector.fromConfig(HASHING))),
                        new Bodies(
                                system,
                                config.http().bodyMaxBytes(),
                                config.http().requestTimeout()));
    }

    private List<Route> routes(ActorRef<SpawnProtocol.Command> collectors) {
        Twins twins = new Twins(system, collectors);
        return Stream.of(
                        new HealthRoutes(
                                        Health.of(system)::check,
                                        config.healthLifetime(),
                                        !config.authentication().statusSecured())
                                .routes(),
                        new WhoamiRoutes().routes(),
                        new MessageRoutes(twins, config).routes(),
                        new ThingRoutes(twins, config).routes(),
                        new PolicyRoutes(twins, config).routes(),
                        new ConnectionRoutes(system, config).routes(),
                        new PiggybackRoutes(system, config).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Binds; requests under way are finished when the system shuts down. */
    CompletionStage<ServerBinding> bind() {
        Config all = system.settings().config();
        ServerSettings settings =
                ServerSettings.create(
                                all.getConfig("patchbay.gateway.server")
                                        .atPath("pekko.http.server")
                                        .withFallback(all))
                        .withTerminationDeadlineExceededResponse(
                                Answers.problem(Refusals.stopping()));
        return Http.get(system)
                .newServerAt(config.http().bindHost(), config.http().port())
                .withSettings(settings)
                .bind(router::route)
                .thenApply(binding ->
                        binding.addToCoordinatedShutdown(config.http().drainTimeout(), system));
    }
}
