package org.patchbay.cluster.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.cluster.cleanup.CleanupPlan.Delete;
import org.patchbay.cluster.cleanup.CleanupPlan.Forget;
import org.patchbay.cluster.cleanup.CleanupPlan.Nothing;
import org.patchbay.cluster.cleanup.CleanupPlan.TakeSnapshot;
import org.patchbay.cluster.store.StoredDocuments.Holding;

class CleanupPlanTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant AGED = NOW.minus(Duration.ofDays(30));
    private static final Instant OLD = AGED.minusSeconds(1);
    private static final Instant YOUNG = AGED.plusSeconds(1);

    /** Events from and to, snapshots from and to and up to the begin of history. */
    static Stream<Arguments> table() {
        return Stream.of(
                row("one event is needed", entity(1, 1, OLD, 0, 0, 0), new Nothing()),
                row("all is history", entity(1, 9, YOUNG, 5, 8, 0), new Nothing()),
                row("what is before history", entity(1, 9, YOUNG, 2, 8, 5), new Delete(5)),
                row("old snapshots", entity(6, 9, YOUNG, 2, 8, 5), new Delete(5)),
                row("what is left of history", entity(6, 9, YOUNG, 5, 8, 5), new Nothing()),
                row("quiet: up to the newest", entity(1, 8, OLD, 5, 8, 0), new Delete(8)),
                row("quiet: events first", entity(1, 9, OLD, 8, 8, 0), new Delete(8)),
                row("quiet: a new snapshot", entity(9, 9, OLD, 8, 8, 0), new TakeSnapshot()),
                row("quiet, no snapshot at all", entity(1, 3, OLD, 0, 0, 0), new TakeSnapshot()),
                row("quiet, nothing to gain", entity(0, 0, OLD, 8, 8, 8), new Nothing()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void says_what_can_go(String name, Holding holding, CleanupPlan expected) {
        assertThat(CleanupPlan.of(holding, AGED, NOW, true, Set.of("gone"))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("endings")
    void forgets_only_what_ended_long_ago(boolean forgets, String manifest, CleanupPlan expected) {
        Holding holding = new Holding("thing:a:b", 0, 0, OLD, 8, 8, manifest, 8);

        assertThat(CleanupPlan.of(holding, AGED, NOW, forgets, Set.of("gone"))).isEqualTo(expected);
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(true, "gone", new Forget(8)),
                Arguments.of(false, "gone", new Nothing()),
                Arguments.of(true, "there", new Nothing()));
    }

    @Test
    void asks_no_entity_for_a_snapshot_right_after_its_event_where_no_history_is_kept() {
        Holding holding = new Holding("thing:a:b", 1, 3, NOW.minusSeconds(60), 0, 0, "", 0);

        assertThat(CleanupPlan.of(holding, NOW, NOW, true, Set.of())).isEqualTo(new Nothing());
    }

    private static Arguments row(String name, Holding holding, CleanupPlan expected) {
        return Arguments.of(name, holding, expected);
    }

    private static Holding entity(
            long firstEvent,
            long lastEvent,
            Instant lastStored,
            long oldestSnapshot,
            long newestSnapshot,
            long agedSnapshot) {
        return new Holding(
                "thing:a:b",
                firstEvent,
                lastEvent,
                lastStored,
                oldestSnapshot,
                newestSnapshot,
                "",
                agedSnapshot);
    }
}
