package org.patchbay.connectivity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.cleanup.CleanupSettings;
import org.patchbay.cluster.cleanup.PersistenceCleanup;
import org.patchbay.cluster.health.Health;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.connectivity.client.ClientActor;
import org.patchbay.connectivity.client.ClientEnvironment;
import org.patchbay.connectivity.client.ClientSettings;
import org.patchbay.connectivity.client.host.ClientHost;
import org.patchbay.connectivity.client.host.HostMessage;
import org.patchbay.connectivity.client.host.ReceptionistNodes;
import org.patchbay.connectivity.connection.ConnectionEntities;
import org.patchbay.connectivity.connection.ConnectionSettings;
import org.patchbay.connectivity.connection.StoredStates;
import org.patchbay.connectivity.connection.wire.StoredVocabulary;
import org.patchbay.connectivity.encryption.ConnectionEncryption;
import org.patchbay.connectivity.encryption.migration.EncryptionMigration;
import org.patchbay.connectivity.encryption.migration.MigrationSettings;
import org.patchbay.connectivity.hosts.HostPolicy;
import org.patchbay.connectivity.hosts.HostSettings;
import org.patchbay.connectivity.ids.ConnectionIds;
import org.patchbay.connectivity.ids.IdsSettings;
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.mapping.MappingConfig;
import org.patchbay.connectivity.monitoring.LogSettings;
import org.patchbay.connectivity.path.Mappings;
import org.patchbay.connectivity.path.PathSettings;
import org.patchbay.connectivity.path.acknowledgement.AckSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts what a node with the role {@code connectivity} has: connections, and the index of their
 * ids.
 */
public final class ConnectivityRoot {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectivityRoot.class);

    private static final String CLEANUP = "ditto.connectivity.connection.cleanup";

    private ConnectivityRoot() {}

    /**
     * Reads all settings of this service, so that a wrong one is told before anything starts.
     *
     * @throws ConfigException that says which setting it is and what is allowed
     */
    public static void checkSettings(Config config) {
        try {
            AckSettings.of(config);
            ClientSettings.of(config);
            ConnectionEncryption.of(config);
            MigrationSettings.of(config);
            CleanupSettings.of(config, CLEANUP);
            ConnectionSettings.of(config);
            HostSettings.of(config);
            IdsSettings.of(config);
            LogSettings.of(config);
            new Mappers(MappingConfig.of(config));
            PathSettings.of(config);
            Transports.checkSettings(config);
        } catch (IllegalArgumentException e) {
            throw new ConfigException.Generic(String.valueOf(e.getMessage()), e);
        }
    }

    /** To be spawned as {@code /user/connectivityRoot}. */
    public static Behavior<Void> create() {
        return Behaviors.setup(context -> {
            ActorSystem<?> system = context.getSystem();
            Config config = system.settings().config();
            HostPolicy hosts = HostPolicy.of(system);
            if (hosts.allowsLoopback()) {
                LOG.info("Connections may reach addresses of this machine (127.0.0.1).");
            }
            LOG.atInfo()
                    .addKeyValue("secrets", ConnectionEncryption.of(config).target())
                    .log("How connections are stored.");
            Mappers mappers = new Mappers(MappingConfig.of(config));
            mappers.others()
                    .forEach(it ->
                            LOG.atInfo().addKeyValue("mapper", it).log("A mapper of others."));
            ClientEnvironment clients =
                    ClientEnvironment.of(system, Mappings.of(mappers), hosts::allows);
            Singletons.host(
                    context,
                    Singleton.CONNECTION_IDS,
                    ConnectionIds.create(StoredStates.of(system)));
            Singletons.host(context, Singleton.ENCRYPTION_MIGRATION, EncryptionMigration.create());
            Singletons.host(
                    context,
                    Singleton.CONNECTIONS_CLEANUP,
                    PersistenceCleanup.create(
                            EntityKind.CONNECTION, CLEANUP, StoredVocabulary.ENDINGS));
            ActorRef<HostMessage> host =
                    context.spawn(
                            ClientHost.create(
                                    run ->
                                            ClientActor.create(
                                                    run.connection(), run.clientIndex(), clients),
                                    clients.settings().closeTimeout()),
                            "clientHost");
            ConnectionEntities.host(
                    system, clients, ReceptionistNodes.start(context, host), mappers);
            Duration timeout = config.getDuration("patchbay.health.check-timeout");
            Health.of(system)
                    .register(
                            "connections",
                            () ->
                                    ConnectionIds.built(system, timeout)
                                            .thenApply(_ -> Health.Part.UP));
            return Behaviors.empty();
        });
    }
}
