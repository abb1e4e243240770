package org.patchbay.connectivity.encryption.migration;

import java.time.Instant;
import org.patchbay.connectivity.encryption.migration.MigrationState.Aborted;
import org.patchbay.connectivity.encryption.migration.MigrationState.Completed;
import org.patchbay.connectivity.encryption.migration.MigrationState.Known;
import org.patchbay.connectivity.encryption.migration.MigrationState.None;
import org.patchbay.connectivity.encryption.migration.MigrationState.Progress;
import org.patchbay.connectivity.encryption.migration.MigrationState.Running;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;

/** The two tables of the migration: how it is to start, and what becomes of it. */
final class MigrationRules {

    /** What starting means, given where the last migration is. */
    enum Start {
        ANEW,
        RESUME,
        RUNS_ALREADY,
        NOTHING_TO_RESUME,
        REFUSE
    }

    private record On(MigrationState state, boolean resume) {}

    private MigrationRules() {}

    /**
     * How a command that is no dry run starts.
     *
     * @param target what all is to become as configured now; where an aborted migration wanted
     *     something else, what it has done is to be done again
     */
    static Start decide(MigrationState state, Migrate command, String target) {
        return switch (new On(state, command.resume())) {
            case On(Running _, boolean resume) -> resume ? Start.RUNS_ALREADY : Start.REFUSE;
            case On(Aborted(var progress), boolean resume) when resume ->
                    progress.target().equals(target) ? Start.RESUME : Start.ANEW;
            case On(None _, boolean resume) when resume -> Start.NOTHING_TO_RESUME;
            case On(Completed _, boolean resume) when resume -> Start.NOTHING_TO_RESUME;
            case On(MigrationState _, boolean _) -> Start.ANEW;
        };
    }

    static MigrationState apply(MigrationState state, MigrationEvent event) {
        return switch (event) {
            case MigrationEvent.Started(String target, Instant at) ->
                    new Running(Progress.first(target, at));
            case MigrationEvent.Resumed(Instant at) -> new Running(progress(state).at(at));
            case MigrationEvent.Aborted(Instant at) -> new Aborted(progress(state).at(at));
            case MigrationEvent.Advanced step -> {
                Progress progress = progress(state).advanced(step);
                yield step.end() && step.phase() == MigrationPhase.JOURNAL
                        ? new Completed(progress)
                        : new Running(progress);
            }
        };
    }

    private static Progress progress(MigrationState state) {
        if (state instanceof Known known) {
            return known.progress();
        }
        throw new IllegalStateException("A migration goes on that never started");
    }

    /** As the status names it. */
    static String phase(MigrationState state) {
        return switch (state) {
            case None _ -> "not_started";
            case Running(var progress) -> "in_progress:" + progress.phase().wireName();
            case Aborted(var progress) -> "aborted:" + progress.phase().wireName();
            case Completed _ -> "completed";
        };
    }
}
