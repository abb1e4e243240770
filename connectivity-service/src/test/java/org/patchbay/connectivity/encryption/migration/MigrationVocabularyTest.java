package org.patchbay.connectivity.encryption.migration;

import java.util.List;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Abort;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.RetrieveStatus;

class MigrationVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new MigrationVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(new Migrate(true, false), new RetrieveStatus(), new Abort());
    }
}
