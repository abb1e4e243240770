package org.patchbay.cluster.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.store.FreshStore;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoreRows;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.cluster.store.StoredDocuments.Part;
import org.patchbay.cluster.store.StoredDocuments.StoredDocument;
import org.patchbay.protocol.json.Json;

class PersistenceCleanupTest {

    private static final ActorTestKit KIT = ActorTestKit.create(FreshStore.config());
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant OLD = NOW.minus(Duration.ofDays(40));
    private static final String DEFAULTS =
            """
            cleanup { enabled = true, history-retention-duration = 30d, quiet-period = 0s, interval = 10ms
              timer-threshold = 150ms, credits-per-batch = 3, reads-per-query = 2, writes-per-credit = 10
              delete-final-deleted-snapshot = false }
            """;

    private final StoreRows rows = new StoreRows(KIT.system());
    private final AtomicInteger decisions = new AtomicInteger();
    private final AtomicReference<Duration> latency = new AtomicReference<>(Duration.ofMillis(1));
    private ActorRef<Ask> cleanup = KIT.<Ask>createTestProbe().getRef();

    @BeforeEach
    void store() {
        rows.clear();
        for (String id : List.of("a", "b", "c", "d", "e")) {
            rows.events("thing:n:" + id, 1, 30, OLD);
            rows.snapshot("thing:n:" + id, 20, OLD);
            rows.snapshot("thing:n:" + id, 28, OLD);
        }
        rows.events("thing:n:young", 1, 30, NOW.minus(Duration.ofDays(20)));
        rows.snapshot("thing:n:young", 28, NOW.minus(Duration.ofDays(20)));
        rows.events("policy:n:a", 1, 30, OLD);
        rows.snapshot("policy:n:a", 28, OLD);
    }

    @AfterEach
    void stop() {
        KIT.stop(cleanup);
    }

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    @Test
    void deletes_what_is_old_and_superfluous_of_all_entities_of_its_kind() throws Exception {
        start("");

        for (String id : List.of("a", "b", "c", "d", "e")) {
            Awaitility.await().until(() -> numbers(Part.EVENT, "thing:n:" + id).isEmpty());
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(numbers(Part.SNAPSHOT, "thing:n:" + id))
                                    .containsExactly(30L));
        }
        assertThat(numbers(Part.EVENT, "thing:n:young")).hasSize(30);
        assertThat(numbers(Part.EVENT, "policy:n:a")).hasSize(30);
        assertThat(numbers(Part.SNAPSHOT, "policy:n:a")).hasSize(1);
    }

    @Test
    void deletes_no_more_in_an_interval_than_its_credits_allow() throws Exception {
        start("interval = 1h");

        Awaitility.await().until(() -> numbers(Part.EVENT, "thing:n:a").size() == 2);
        // Three credits: 10, 10 and 9 documents of the first entity; health is answered after that.
        assertThat(health()).contains("\"state\":\"RUNNING\",\"pid\":\"thing:n:a\"");
        assertThat(numbers(Part.EVENT, "thing:n:b")).hasSize(30);
        assertThat(decisions).hasValue(1);
    }

    @Test
    void pauses_while_the_store_is_slow() throws Exception {
        latency.set(Duration.ofMillis(151));
        start("");
        Awaitility.await().until(() -> decisions.get() > 3);
        assertThat(numbers(Part.EVENT, "thing:n:a")).hasSize(30);

        latency.set(Duration.ofMillis(150));

        Awaitility.await().until(() -> numbers(Part.EVENT, "thing:n:e").isEmpty());
    }

    @Test
    void rests_between_passes_and_starts_where_it_is_told() throws Exception {
        start("quiet-period = 1h");
        assertThat(health()).contains("\"state\":\"IN_QUIET_PERIOD\",\"pid\":\"\"");

        assertThat(ask(modify("{\"quiet-period\": \"0s\", \"last-pid\": \"thing:n:c\"}")))
                .isInstanceOf(CleanupReply.Settings.class);

        Awaitility.await().until(() -> numbers(Part.EVENT, "thing:n:e").isEmpty());
        assertThat(ask(modify("{\"quiet-period\": \"1h\"}")).toString())
                .contains("\"quiet-period\":\"1h\"", "\"interval\":\"10ms\"")
                .doesNotContain("last-pid");
        assertThat(health()).contains("IN_QUIET_PERIOD");
    }

    @Test
    void keeps_its_settings_where_a_change_is_wrong() throws Exception {
        start("enabled = false");
        String before = ask(new CleanupCommand.RetrieveConfig()).toString();
        for (String wrong :
                List.of(
                        "{\"interval\": \"soon\"}",
                        "{\"interval\": \"0s\"}",
                        "{\"credits-per-batch\": 0}",
                        "{\"enabled\": []}",
                        "{\"history-retention-duration\": \"-1d\"}",
                        "{\"no-such\": 1}")) {
            assertThat(ask(modify(wrong))).as(wrong).isInstanceOf(CleanupReply.Failed.class);
        }
        assertThat(ask(new CleanupCommand.RetrieveConfig()).toString()).isEqualTo(before);
        assertThat(health()).contains("DISABLED");
        assertThat(decisions).hasValue(0);
    }

    @Test
    void cleans_one_entity_at_once() throws Exception {
        start("enabled = false");

        assertThat(ask(new CleanupCommand.CleanUp("n:d")))
                .isEqualTo(new CleanupReply.CleanedUp("thing:n:d"));

        assertThat(numbers(Part.EVENT, "thing:n:d")).isEmpty();
        assertThat(numbers(Part.SNAPSHOT, "thing:n:d")).containsExactly(30L);
        assertThat(numbers(Part.EVENT, "thing:n:a")).hasSize(30);
        assertThat(ask(new CleanupCommand.CleanUp("n:none")))
                .isEqualTo(new CleanupReply.CleanedUp("thing:n:none"));
    }

    /** All have 30 events, and do as they are asked. */
    private final class SnapshottingEntities implements EntityCleaner.Entities {
        @Override
        public <T> CompletionStage<T> ask(String id, EntityRequest request, Class<T> answer) {
            rows.snapshot("thing:" + id, 30, NOW);
            return CompletableFuture.completedStage(
                    answer.cast(new EntityRequest.SnapshotTaken(30)));
        }
    }

    private void start(String changes) {
        CleanupSettings settings =
                CleanupSettings.of(
                        ConfigFactory.parseString("cleanup { " + changes + " }")
                                .withFallback(ConfigFactory.parseString(DEFAULTS)),
                        "cleanup");
        EntityCleaner cleaner =
                new EntityCleaner(
                        Store.of(KIT.system()).documents(),
                        EntityKind.THING,
                        Set.of(),
                        new SnapshottingEntities(),
                        Clock.fixed(NOW, ZoneOffset.UTC));
        cleanup =
                KIT.spawn(
                        PersistenceCleanup.create(
                                cleaner,
                                () -> {
                                    decisions.incrementAndGet();
                                    return CompletableFuture.completedStage(latency.get());
                                },
                                settings));
    }

    private CleanupReply ask(CleanupCommand command) throws Exception {
        CompletionStage<Object> answer =
                AskPattern.ask(
                        cleanup,
                        replyTo -> new Ask(command, replyTo),
                        Duration.ofSeconds(10),
                        KIT.system().scheduler());
        return (CleanupReply) answer.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private String health() throws Exception {
        return ask(new CleanupCommand.RetrieveHealth()).toString();
    }

    private static CleanupCommand modify(String json) {
        return new CleanupCommand.ModifyConfig((ObjectNode) Json.parse(json));
    }

    private static List<Long> numbers(Part part, String id) throws Exception {
        StoredDocuments documents = Store.of(KIT.system()).documents();
        return documents
                .documentsAfter(part, id, null, 100)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .stream()
                .map(StoredDocument::sequenceNr)
                .toList();
    }
}
