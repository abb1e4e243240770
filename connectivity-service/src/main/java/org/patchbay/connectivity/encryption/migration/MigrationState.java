package org.patchbay.connectivity.encryption.migration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.store.StoredDocuments.Position;

/**
 * Where a migration is.
 *
 * <pre>
 *   None ──started──► Running ──end of the journal──► Completed
 *                      ▲   │                              │
 *               resumed│   │aborted                       │
 *                      │   ▼                              │
 *                    Aborted          started, from any but Running, begins anew
 * </pre>
 */
public sealed interface MigrationState {

    /** There never was one. */
    record None() implements MigrationState {}

    record Running(Progress progress) implements Known {}

    record Aborted(Progress progress) implements Known {}

    record Completed(Progress progress) implements Known {}

    /** There was one, whatever became of it. */
    sealed interface Known extends MigrationState {
        Progress progress();
    }

    /**
     * How far a migration has come.
     *
     * @param target what all is to become
     * @param phase where it goes on
     * @param snapshot the last one that was looked at
     * @param event the last one that was looked at
     */
    record Progress(
            String target,
            MigrationPhase phase,
            @Nullable Position snapshot,
            @Nullable Position event,
            Counts snapshots,
            Counts events,
            Instant startedAt,
            Instant updatedAt) {

        static Progress first(String target, Instant at) {
            return new Progress(
                    target, MigrationPhase.SNAPSHOTS, null, null, Counts.NONE, Counts.NONE, at, at);
        }

        @Nullable Position position() {
            return phase == MigrationPhase.SNAPSHOTS ? snapshot : event;
        }

        Progress advanced(MigrationEvent.Advanced step) {
            return switch (step.phase()) {
                case SNAPSHOTS ->
                        new Progress(
                                target,
                                step.end() ? MigrationPhase.JOURNAL : MigrationPhase.SNAPSHOTS,
                                step.last() == null ? snapshot : step.last(),
                                event,
                                snapshots.plus(step.counted()),
                                events,
                                startedAt,
                                step.at());
                case JOURNAL ->
                        new Progress(
                                target,
                                MigrationPhase.JOURNAL,
                                snapshot,
                                step.last() == null ? event : step.last(),
                                snapshots,
                                events.plus(step.counted()),
                                startedAt,
                                step.at());
            };
        }

        Progress at(Instant time) {
            return new Progress(target, phase, snapshot, event, snapshots, events, startedAt, time);
        }
    }
}
