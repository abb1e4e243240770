package org.patchbay.connectivity.encryption.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.cluster.store.StoredDocuments.Position;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Advanced;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Resumed;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Started;
import org.patchbay.connectivity.encryption.migration.MigrationState.None;
import org.patchbay.connectivity.encryption.migration.MigrationState.Running;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;

class MigrationRulesTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Position C = new Position("connection:c", 3);
    private static final Counts TEN = new Counts(10, 5, 1);

    private static final MigrationEvent STARTED = new Started("key a", AT);
    private static final MigrationEvent ABORTED = new MigrationEvent.Aborted(AT.plusSeconds(9));
    private static final MigrationEvent SNAPSHOTS_OVER =
            new Advanced(MigrationPhase.SNAPSHOTS, C, TEN, true, AT.plusSeconds(1));
    private static final MigrationEvent JOURNAL_OVER =
            new Advanced(MigrationPhase.JOURNAL, null, Counts.NONE, true, AT.plusSeconds(2));

    @ParameterizedTest
    @CsvSource({
        "none, false, key a, ANEW",
        "none, true, key a, NOTHING_TO_RESUME",
        "running, false, key a, REFUSE",
        "running, true, key a, RUNS_ALREADY",
        "aborted, false, key a, ANEW",
        "aborted, true, key a, RESUME",
        "aborted, true, key b, ANEW",
        "completed, false, key a, ANEW",
        "completed, true, key a, NOTHING_TO_RESUME",
        "completed, true, key b, NOTHING_TO_RESUME",
    })
    void starts_as_the_last_one_has_ended(
            String state, boolean resume, String target, MigrationRules.Start start) {
        assertThat(MigrationRules.decide(state(state), new Migrate(false, resume), target))
                .isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "none, not_started",
        "running, in_progress:snapshots",
        "running in the journal, in_progress:journal",
        "aborted, aborted:snapshots",
        "completed, completed"
    })
    void names_its_phase(String state, String phase) {
        assertThat(MigrationRules.phase(state(state))).isEqualTo(phase);
    }

    @Test
    void counts_each_phase_and_goes_on_after_the_last_document() {
        Running running =
                (Running)
                        after(
                                STARTED,
                                new Advanced(MigrationPhase.SNAPSHOTS, C, TEN, false, AT),
                                ABORTED,
                                new Resumed(AT.plusSeconds(20)));

        assertThat(running.progress().position()).isEqualTo(C);
        assertThat(running.progress().snapshots()).isEqualTo(TEN);
        assertThat(running.progress().startedAt()).isEqualTo(AT);
        assertThat(running.progress().updatedAt()).isEqualTo(AT.plusSeconds(20));

        Running journal = (Running) MigrationRules.apply(running, SNAPSHOTS_OVER);
        assertThat(journal.progress().phase()).isEqualTo(MigrationPhase.JOURNAL);
        assertThat(journal.progress().position()).isNull();
        assertThat(journal.progress().snapshots()).isEqualTo(TEN.plus(TEN));
    }

    @Test
    void a_new_one_counts_from_nothing() {
        Running running = (Running) MigrationRules.apply(state("completed"), STARTED);

        assertThat(running.progress()).isEqualTo(MigrationState.Progress.first("key a", AT));
    }

    @ParameterizedTest
    @CsvSource({"200, 10, PT3S", "200, 0, PT0S", "0, 10, PT0S", "6000, 1, PT0.01S"})
    void waits_as_long_as_what_it_wrote_may_take(int perMinute, int written, Duration pause) {
        assertThat(new MigrationSettings(10, perMinute).pauseAfter(written)).isEqualTo(pause);
    }

    private static MigrationState state(String name) {
        return switch (name) {
            case "none" -> new None();
            case "running" -> after(STARTED);
            case "running in the journal" -> after(STARTED, SNAPSHOTS_OVER);
            case "aborted" -> after(STARTED, ABORTED);
            case "completed" -> after(STARTED, SNAPSHOTS_OVER, JOURNAL_OVER);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static MigrationState after(MigrationEvent... events) {
        return Stream.of(events)
                .reduce((MigrationState) new None(), MigrationRules::apply, (_, last) -> last);
    }
}
