package org.patchbay.standalone;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.patchbay.cluster.Role;
import org.patchbay.cluster.health.Health;
import org.patchbay.cluster.health.Health.Part;
import org.patchbay.cluster.node.Node;
import org.patchbay.standalone.configuration.KnownVariables;
import org.patchbay.standalone.configuration.Warnings;
import org.patchbay.standalone.configuration.WrongSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: started, watched until it is ready, stopped within a bound. */
final class Program {

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** An operator is promised ten seconds; the rest is for the JVM. */
    private static final Duration STOPPED_WITHIN = Duration.ofMillis(9_500);

    private final Settings settings;
    private final DataFolder data;
    private final ActorSystem<Void> system;
    private final Services services;

    private Program(
            Settings settings, DataFolder data, ActorSystem<Void> system, Services services) {
        this.settings = settings;
        this.data = data;
        this.system = system;
        this.services = services;
    }

    /** Starts all services; what is wrong is a {@link StartFailure}. */
    static Program start(Settings settings) {
        Warnings.of(System.getenv(), settings.all(), KnownVariables.load()).forEach(LOG::warn);
        DataFolder data = DataFolder.take(settings.data());
        boolean servesHttp = Node.roles(settings.all()).contains(Role.GATEWAY);
        if (servesHttp) {
            requireFree(settings.gateway().http().bindHost(), settings.gateway().http().port());
        }
        Services services = new Services();
        try {
            ActorSystem<Void> system = Node.start(services.guardian(), settings.all());
            if (settings.joinsItself()) {
                Cluster cluster = Cluster.get(system);
                cluster.manager().tell(Join.create(cluster.selfMember().address()));
            }
            if (!servesHttp) {
                services.listening().complete(new InetSocketAddress(0));
            }
            return new Program(settings, data, system, services);
        } catch (ConfigException e) {
            throw new StartFailure(WrongSetting.describe(e, settings.all()), e);
        } catch (IOException | SQLException e) {
            throw new StartFailure(
                    "the store (%s) can't be opened: %s".formatted(settings.store().name(), e), e);
        }
    }

    Settings settings() {
        return settings;
    }

    /** Waits until all parts of this node are up; says where HTTP is served. */
    InetSocketAddress awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        Map<String, Part> parts = Map.of();
        while (System.nanoTime() < deadline) {
            parts = parts();
            if (Health.isUp(parts) && services.listening().isDone()) {
                return services.listening().join();
            }
            awaitNoFailure();
        }
        throw new StartFailure(
                "not ready within %d s: %s".formatted(READY_WITHIN.toSeconds(), parts));
    }

    /** Until it is time to look again; a service that fails for good is told at once. */
    private void awaitNoFailure() throws InterruptedException {
        try {
            throw failure(services.failed().get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException goesOn) {
            // Nothing has failed.
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** Returns when a service has failed for good; what runs ends with the process otherwise. */
    StartFailure awaitFailure() {
        return failure(services.failed().join());
    }

    /** Drains and stops; to be called once, from the JVM's shutdown hook. */
    void stop() {
        CompletableFuture<?> stopped =
                CoordinatedShutdown.get(system)
                        .runAll(CoordinatedShutdown.jvmExitReason())
                        .toCompletableFuture();
        try {
            stopped.get(STOPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            data.release();
            LOG.atInfo().log("Stopped");
        } catch (TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("seconds", STOPPED_WITHIN.toSeconds())
                    .log("Not everything has stopped in time; ending all the same");
        } catch (ExecutionException e) {
            LOG.atWarn().setCause(e.getCause()).log("Stopping failed; ending all the same");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Part> parts() throws InterruptedException {
        try {
            return Health.of(system).check().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Map.of();
        }
    }

    private StartFailure failure(Throwable cause) {
        return cause instanceof ConfigException wrong
                ? new StartFailure(WrongSetting.describe(wrong, settings.all()), cause)
                : new StartFailure(String.valueOf(cause.getMessage()), cause);
    }

    /** Found out at once instead of after everything else has started. */
    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new StartFailure(
                    "HTTP can't be served at %s:%d (%s); set PATCHBAY_HTTP_PORT to a port that is free"
                            .formatted(host, port, e.getMessage()),
                    e);
        }
    }
}
