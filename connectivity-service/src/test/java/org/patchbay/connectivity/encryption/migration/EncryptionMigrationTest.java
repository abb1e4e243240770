package org.patchbay.connectivity.encryption.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.cluster.store.StoredDocuments.StoredDocument;
import org.patchbay.cluster.wire.WireBindings;
import org.patchbay.connectivity.encryption.ConnectionEncryption;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Abort;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.RetrieveStatus;

class EncryptionMigrationTest {

    private static final Config CONFIG =
            WireBindings.config()
                    .withFallback(PersistenceTestKitPlugin.config())
                    .withFallback(PersistenceTestKitSnapshotPlugin.config())
                    .withFallback(
                            ConfigFactory.parseString(
                                    """
                                    pekko.actor.provider = local
                                    pekko.actor.serializers.patchbay-wire = \
                                        org.patchbay.cluster.wire.WireSerializer
                                    ditto.connectivity.connection.encryption {
                                      encryption-enabled = true, symmetrical-key = "%s"
                                    }
                                    """
                                            .formatted(
                                                    Base64.getEncoder()
                                                            .encodeToString(new byte[32]))))
                    .withFallback(ConfigFactory.load());

    private final ActorTestKit kit = ActorTestKit.create(CONFIG);
    private final HeldClock clock = new HeldClock();

    /** What the store has, once it says so. */
    private final CompletableFuture<List<StoredDocument>> page = new CompletableFuture<>();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void a_dry_run_that_is_aborted_twice_is_aborted_and_nothing_else() {
        // Given
        ActorRef<Ask> migration =
                kit.spawn(
                        EncryptionMigration.create(
                                ConnectionEncryption.of(CONFIG),
                                MigrationSettings.of(CONFIG),
                                documents(),
                                clock));
        tell(migration, new RetrieveStatus()).receiveMessage();
        tell(migration, new Migrate(true, false)).receiveMessage();
        TestProbe<Object> first = tell(migration, new Abort());

        // When
        clock.hold();
        page.complete(List.of());
        await().until(clock::isWaitedFor);
        TestProbe<Object> second = tell(migration, new Abort());
        clock.letGo();

        // Then
        assertThat(phase(first)).isEqualTo("aborted:journal");
        assertThat(phase(second)).isEqualTo("aborted:journal");
        JsonNode status = json(tell(migration, new RetrieveStatus()));
        assertThat(status.get("phase").asText()).isEqualTo("aborted:journal");
        assertThat(status.get("dryRun").asBoolean()).isTrue();
    }

    private TestProbe<Object> tell(ActorRef<Ask> migration, EncryptionMigrationCommand command) {
        TestProbe<Object> probe = kit.createTestProbe();
        migration.tell(new Ask(command, probe.ref()));
        return probe;
    }

    private static String phase(TestProbe<Object> asked) {
        return json(asked).get("phase").asText();
    }

    private static JsonNode json(TestProbe<Object> asked) {
        return asked.expectMessageClass(ConnectionReply.Report.class).json();
    }

    private StoredDocuments documents() {
        return (StoredDocuments)
                Proxy.newProxyInstance(
                        StoredDocuments.class.getClassLoader(),
                        new Class<?>[] {StoredDocuments.class},
                        (_, method, _) -> {
                            if (method.getName().equals("documentsAfter")) {
                                return page;
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    /** Stops whoever reads it for as long as it is held. */
    private static final class HeldClock extends Clock {

        private final Semaphore free = new Semaphore(1);

        void hold() {
            free.acquireUninterruptibly();
        }

        void letGo() {
            free.release();
        }

        boolean isWaitedFor() {
            return free.hasQueuedThreads();
        }

        @Override
        public Instant instant() {
            free.acquireUninterruptibly();
            free.release();
            return Instant.EPOCH;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
