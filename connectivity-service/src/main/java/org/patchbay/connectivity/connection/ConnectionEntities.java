package org.patchbay.connectivity.connection;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.connectivity.check.ConnectionChecks;
import org.patchbay.connectivity.check.DryRun;
import org.patchbay.connectivity.check.MappingTrial;
import org.patchbay.connectivity.client.ClientEnvironment;
import org.patchbay.connectivity.client.host.ClientNodes;
import org.patchbay.connectivity.hosts.HostPolicy;
import org.patchbay.connectivity.ids.IdsMessage;
import org.patchbay.connectivity.mapping.Mappers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that this node hosts. */
public final class ConnectionEntities {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEntities.class);

    private static final String TRIALS = "patchbay.connectivity.mapping-trial-dispatcher";

    /**
     * Whose the checks of mappers are among those that map: no connection's, for ids have no
     * blanks.
     */
    private static final String CHECKS = "checks of connections";

    private ConnectionEntities() {}

    /**
     * Hosts connections on this node.
     *
     * @param nodes that clients may run on, besides this one
     * @param mappers run where scripts run
     */
    public static void host(
            ActorSystem<?> system, ClientEnvironment clients, ClientNodes nodes, Mappers mappers) {
        ConnectionSettings settings = ConnectionSettings.of(system.settings().config());
        ConnectionChecks checks =
                new ConnectionChecks(
                        settings.limits(),
                        mappers::check,
                        clients.mappingThreads().of(CHECKS),
                        HostPolicy.of(system));
        Executor trialThreads = system.dispatchers().lookup(DispatcherSelector.fromConfig(TRIALS));
        EntityEnvironment environment =
                new EntityEnvironment(
                        settings,
                        checks,
                        ClientFactory.of(clients, settings.spread().startTimeout()),
                        nodes,
                        new DryRun(
                                        system,
                                        checks,
                                        clients.transports(),
                                        clients.allowed(),
                                        clients.settings().testTimeout())
                                ::of,
                        new MappingTrial(mappers, trialThreads)::of,
                        update -> tellIndex(system, settings, update),
                        History.of(system),
                        clients::running,
                        MaskedSecrets.of(system.settings().config()),
                        clients.clock());
        Shards.host(
                system,
                EntityKind.CONNECTION,
                (id, passivation) -> ConnectionEntity.create(id, passivation, environment));
    }

    /** An index that can't be reached learns of it later, when it is built anew or looks again. */
    private static CompletionStage<?> tellIndex(
            ActorSystem<?> system, ConnectionSettings settings, IdsMessage.Update update) {
        return Singletons.ask(
                        system,
                        Singleton.CONNECTION_IDS,
                        update,
                        IdsMessage.Noted.class,
                        settings.indexTimeout())
                .exceptionally(failure -> {
                    LOG.atWarn()
                            .setCause(failure)
                            .addKeyValue("connectionId", update.id())
                            .log("The index of ids was not told of a change.");
                    return new IdsMessage.Noted();
                });
    }
}
