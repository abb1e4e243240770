package org.patchbay.connectivity.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.shard.Shards.Passivation;
import org.patchbay.cluster.store.SnapshotSettings;
import org.patchbay.connectivity.check.ConnectionChecks;
import org.patchbay.connectivity.client.host.ClientNodes;
import org.patchbay.connectivity.hosts.HostPolicy;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;

/** An entity that leaves memory, with a real shard that stops it and starts it anew. */
class LeavingMemoryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir Path data;

    private final FakeClients clients = new FakeClients();

    /** How often the entity was started. */
    private final AtomicInteger lives = new AtomicInteger();

    @Test
    void a_connection_that_is_opened_at_that_moment_is_opened_in_its_next_life() {
        try (TestCluster cluster = TestCluster.in(data, this::guardian)) {
            ActorSystem<Void> node = cluster.start();

            // When
            assertThat(create(node)).isInstanceOf(ConnectionReply.Created.class);

            // Then
            await().atMost(PATIENCE).until(() -> lives.get() == 2 && clients.running() == 1);
        }
    }

    private static ConnectionReply create(ActorSystem<?> node) {
        var command = new ConnectionCommand.Create(SampleConnections.closed("an-id"));
        return Shards.of(node)
                .ask(EntityKind.CONNECTION, "an-id", command, ConnectionReply.class, PATIENCE)
                .toCompletableFuture()
                .join();
    }

    private Behavior<Void> guardian() {
        return Behaviors.setup(context -> {
            ActorSystem<?> system = context.getSystem();
            EntityEnvironment environment = environment(system);
            Shards.host(
                    system,
                    EntityKind.CONNECTION,
                    (id, passivation) ->
                            ConnectionEntity.create(
                                    id,
                                    lives.incrementAndGet() == 1
                                            ? openedBefore(passivation, system)
                                            : passivation,
                                    environment));
            return Behaviors.empty();
        });
    }

    /** Somebody opens the connection before the shard can stop the entity. */
    private static Passivation openedBefore(Passivation passivation, ActorSystem<?> system) {
        return self -> {
            self.tell(new Ask(new ConnectionCommand.Open(), system.ignoreRef()));
            passivation.passivate(self);
        };
    }

    private EntityEnvironment environment(ActorSystem<?> system) {
        ConnectionSettings settings =
                new ConnectionSettings(
                        ConnectionLimits.DEFAULTS,
                        new SnapshotSettings(5, Duration.ofHours(1)),
                        Duration.ofMillis(50),
                        Duration.ofHours(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        new ConnectionSettings.Spread(false, PATIENCE, PATIENCE),
                        Duration.ofSeconds(1));
        return new EntityEnvironment(
                settings,
                new ConnectionChecks(
                        settings.limits(),
                        _ -> new Findings(),
                        Runnable::run,
                        HostPolicy.of(system)),
                clients,
                ClientNodes.NONE,
                _ -> CompletableFuture.failedFuture(new IllegalStateException()),
                _ -> CompletableFuture.failedFuture(new IllegalStateException()),
                _ -> CompletableFuture.completedFuture(null),
                new History(
                        system,
                        (_, _, _) -> CompletableFuture.completedFuture(Optional.empty()),
                        History.journal(system)),
                connection -> connection,
                new MaskedSecrets(false),
                Clock.systemUTC());
    }
}
