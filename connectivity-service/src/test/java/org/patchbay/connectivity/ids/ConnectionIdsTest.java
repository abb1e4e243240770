package org.patchbay.connectivity.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.connectivity.ids.IdsMessage.Gone;
import org.patchbay.connectivity.ids.IdsMessage.Present;
import org.patchbay.connectivity.ids.IdsMessage.Update;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;

class ConnectionIdsTest {

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<Object> asker = kit.createTestProbe();
    private final FakeStore store = new FakeStore();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void what_is_stored_is_known_after_the_start_deleted_ones_left_out() {
        store.put(new Present("a", 1, true, List.of()));
        store.put(new Present("b", 2, false, List.of("red")));
        store.put(new Gone("c", 3));

        ActorRef<Ask> ids = start();

        assertThat(all(ids)).containsExactly("a", "b");
        assertThat(tagged(ids, "red")).containsExactly("b");
    }

    @Test
    void queries_wait_until_the_index_is_built() {
        store.put(new Present("a", 1, true, List.of()));
        CompletableFuture<Void> gate = new CompletableFuture<>();
        store.gate = gate;
        ActorRef<Ask> ids = start();

        ids.tell(new Ask(new ConnectionIdsQuery.All(), asker.getRef()));
        tell(ids, new Gone("another", 1));
        gate.complete(null);

        assertThat(asker.receiveMessage()).isEqualTo(new ConnectionIdsQuery.Ids(List.of("a")));
    }

    @Test
    void what_changes_while_the_index_is_built_is_not_overwritten_by_what_is_read() {
        store.put(new Present("a", 1, true, List.of()));
        CompletableFuture<Void> gate = new CompletableFuture<>();
        store.gate = gate;
        ActorRef<Ask> ids = start();

        tell(ids, new Gone("a", 2));
        tell(ids, new Present("b", 1, false, List.of()));
        gate.complete(null);

        assertThat(all(ids)).containsExactly("b");
    }

    @Test
    void an_update_that_comes_late_does_not_bring_a_deleted_connection_back() {
        ActorRef<Ask> ids = start();

        tell(ids, new Gone("a", 5));
        tell(ids, new Present("a", 4, true, List.of()));

        assertThat(all(ids)).isEmpty();
        tell(ids, new Present("a", 6, true, List.of()));
        assertThat(all(ids)).containsExactly("a");
    }

    @Test
    void a_connection_that_does_not_answer_at_once_is_asked_again() {
        store.put(new Present("a", 1, true, List.of()));
        store.failuresLeft = 1;

        assertThat(all(start())).containsExactly("a");
    }

    @Test
    void open_connections_are_woken_again_and_again() {
        store.put(new Present("open", 1, true, List.of()));
        store.put(new Present("closed", 1, false, List.of()));

        start();

        Awaitility.await().until(() -> store.peeked.stream().filter("open"::equals).count() >= 4);
        assertThat(store.peeked.stream().filter("closed"::equals)).hasSize(1);
    }

    @Test
    void what_only_the_store_knows_is_found_when_it_is_looked_through_again() {
        ActorRef<Ask> ids = start();
        assertThat(all(ids)).isEmpty();

        store.put(new Present("late", 1, true, List.of()));

        Awaitility.await().until(() -> all(ids).equals(List.of("late")));
    }

    private ActorRef<Ask> start() {
        IdsSettings settings =
                new IdsSettings(
                        4, Duration.ofMillis(10), Duration.ofMillis(20), 10, Duration.ofMillis(10));
        return kit.spawn(ConnectionIds.create(store, settings));
    }

    private List<String> all(ActorRef<Ask> ids) {
        return query(ids, new ConnectionIdsQuery.All());
    }

    private List<String> tagged(ActorRef<Ask> ids, String tag) {
        return query(ids, new ConnectionIdsQuery.ByTag(tag));
    }

    private List<String> query(ActorRef<Ask> ids, ConnectionIdsQuery query) {
        ids.tell(new Ask(query, asker.getRef()));
        return ((ConnectionIdsQuery.Ids) asker.receiveMessage(Duration.ofSeconds(10))).ids();
    }

    private void tell(ActorRef<Ask> ids, Update update) {
        ids.tell(new Ask(update, asker.getRef()));
        asker.expectMessage(new IdsMessage.Noted());
    }

    /** Pages of two, to see that all pages are read. */
    private static final class FakeStore implements StoredConnections {
        private final Map<String, Update> stored = new ConcurrentHashMap<>();
        private final Queue<String> peeked = new ConcurrentLinkedQueue<>();
        private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
        private volatile int failuresLeft;

        void put(Update update) {
            stored.put(update.id(), update);
        }

        @Override
        public CompletionStage<List<String>> idsAfter(@Nullable String after, int limit) {
            return CompletableFuture.completedFuture(
                    stored.keySet().stream()
                            .sorted()
                            .filter(id -> after == null || id.compareTo(after) > 0)
                            .limit(2)
                            .toList());
        }

        @Override
        public CompletionStage<Update> peek(String id) {
            peeked.add(id);
            if (failuresLeft-- > 0) {
                return CompletableFuture.failedFuture(new IllegalStateException("not now"));
            }
            return gate.thenApply(_ -> stored.get(id));
        }
    }
}
