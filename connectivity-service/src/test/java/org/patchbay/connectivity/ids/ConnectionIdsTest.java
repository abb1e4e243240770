package org.patchbay.connectivity.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
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

    private static final Duration SOON = Duration.ofMillis(10);

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
    void a_store_that_does_not_answer_at_once_is_read_again() {
        store.put(new Present("a", 1, true, List.of()));
        store.failuresLeft = 1;

        assertThat(all(start())).containsExactly("a");
    }

    @Test
    void what_has_been_erased_counts_from_the_beginning_when_it_is_created_again() {
        store.put(new Gone("a", 5));
        ActorRef<Ask> ids = start();
        assertThat(all(ids)).isEmpty();

        store.stored.remove("a");
        tell(ids, new IdsMessage.Erased("a"));
        tell(ids, new Present("a", 1, true, List.of()));

        assertThat(all(ids)).containsExactly("a");
    }

    @Test
    void what_the_store_does_not_hold_any_more_is_forgotten() {
        store.put(new Present("a", 1, false, List.of()));
        store.put(new Present("b", 1, false, List.of()));
        ActorRef<Ask> ids = start(SOON);
        assertThat(all(ids)).containsExactly("a", "b");

        store.stored.remove("a");

        Awaitility.await().until(() -> all(ids).equals(List.of("b")));
    }

    @Test
    void ids_come_page_by_page() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            store.put(new Present(id, 1, false, List.of()));
        }
        store.put(new Gone("bb", 2));
        ActorRef<Ask> ids = start();

        assertThat(query(ids, new ConnectionIdsQuery.Page(null, 2))).containsExactly("a", "b");
        assertThat(query(ids, new ConnectionIdsQuery.Page("bb", 2))).containsExactly("c", "d");
        assertThat(query(ids, new ConnectionIdsQuery.Page("d", 2))).containsExactly("e");
    }

    @Test
    void open_connections_are_woken_again_and_again() {
        store.put(new Present("open", 1, true, List.of()));
        store.put(new Present("closed", 1, false, List.of()));

        start(SOON);

        Awaitility.await().until(() -> store.woken.stream().filter("open"::equals).count() >= 4);
        assertThat(store.woken).containsOnly("open");
    }

    @Test
    void what_only_the_store_knows_is_found_when_it_is_looked_through_again() {
        ActorRef<Ask> ids = start(SOON);
        assertThat(all(ids)).isEmpty();

        store.put(new Present("late", 1, true, List.of()));

        Awaitility.await().until(() -> all(ids).equals(List.of("late")));
    }

    /** What is stored is read but once. */
    private ActorRef<Ask> start() {
        return start(Duration.ofHours(1));
    }

    private ActorRef<Ask> start(Duration firstWakeDelay) {
        IdsSettings settings =
                new IdsSettings(
                        4, firstWakeDelay, Duration.ofMillis(20), 10, Duration.ofMillis(10));
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
        return ((ConnectionIdsQuery.Ids) asker.receiveMessage()).ids();
    }

    private void tell(ActorRef<Ask> ids, Update update) {
        ids.tell(new Ask(update, asker.getRef()));
        asker.expectMessage(new IdsMessage.Noted());
    }

    /** Pages of two, to see that all pages are read. */
    private static final class FakeStore implements StoredConnections {
        private final Map<String, Update> stored = new ConcurrentHashMap<>();
        private final Queue<String> woken = new ConcurrentLinkedQueue<>();
        private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
        private volatile int failuresLeft;

        void put(Update update) {
            stored.put(update.id(), update);
        }

        @Override
        public CompletionStage<Page> pageAfter(@Nullable String after, int limit) {
            if (failuresLeft-- > 0) {
                return CompletableFuture.failedFuture(new IllegalStateException("not now"));
            }
            List<Update> page =
                    stored.values().stream()
                            .sorted(Comparator.comparing(Update::id))
                            .filter(update -> after == null || update.id().compareTo(after) > 0)
                            .limit(2)
                            .toList();
            return gate.thenApply(
                    _ -> new Page(page, page.size() < 2 ? null : page.getLast().id(), List.of()));
        }

        @Override
        public CompletionStage<Update> wake(String id) {
            woken.add(id);
            return CompletableFuture.completedFuture(stored.get(id));
        }
    }
}
