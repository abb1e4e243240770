package org.patchbay.connectivity.encryption.migration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Abort;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.RetrieveStatus;

/** What is sent to the migration, and what it stores. */
public final class MigrationVocabulary implements WireVocabulary {

    private static final String COMMAND = "encryption.migration.command.";

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(
                        COMMAND + "migrate",
                        Migrate.class,
                        (migrate, _) ->
                                object().put("dryRun", migrate.dryRun())
                                        .put("resume", migrate.resume()),
                        (json, _) ->
                                new Migrate(
                                        json.required("dryRun").booleanValue(),
                                        json.required("resume").booleanValue())),
                empty(COMMAND + "retrieve-status", RetrieveStatus.class, RetrieveStatus::new),
                empty(COMMAND + "abort", Abort.class, Abort::new));
    }

    private static <T> WireType<T> empty(String name, Class<T> type, Supplier<T> make) {
        return new WireType<>(name, type, (_, _) -> object(), (_, _) -> make.get());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
