package org.patchbay.connectivity.encryption.migration;

import java.time.Instant;
import java.util.List;
import org.patchbay.cluster.store.StoredDocuments.Position;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.encryption.migration.MigrationState.Progress;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Abort;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.RetrieveStatus;

class MigrationVocabularyTest implements WireContract {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Position LAST = new Position("connection:c", 7);

    @Override
    public WireVocabulary vocabulary() {
        return new MigrationVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        Progress progress =
                new Progress(
                        "key 2d10c0f9 at /uri",
                        MigrationPhase.JOURNAL,
                        LAST,
                        new Position("connection:d", 1),
                        new Counts(1, 2, 3),
                        new Counts(4, 5, 6),
                        AT,
                        AT.plusSeconds(1));
        return List.of(
                new Migrate(true, false),
                new RetrieveStatus(),
                new Abort(),
                new MigrationEvent.Started("plain text", AT),
                new MigrationEvent.Resumed(AT),
                new MigrationEvent.Advanced(
                        MigrationPhase.SNAPSHOTS, LAST, new Counts(1, 2, 3), false, AT),
                new MigrationEvent.Advanced(MigrationPhase.JOURNAL, null, Counts.NONE, true, AT),
                new MigrationEvent.Aborted(AT),
                new MigrationState.Running(progress),
                new MigrationState.Running(Progress.first("plain text", AT)),
                new MigrationState.Aborted(progress),
                new MigrationState.Completed(progress));
    }
}
