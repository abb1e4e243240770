package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.devops.Service;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand;

/** The commands to the migration of encrypted connections. */
final class EncryptionCommands {

    private final ActorSystem<?> system;

    EncryptionCommands(ActorSystem<?> system) {
        this.system = system;
    }

    List<CommandRow> rows() {
        return List.of(
                row(
                        "migrateEncryption",
                        call ->
                                new EncryptionMigrationCommand.Migrate(
                                        CommandFields.flag(call.command(), "dryRun"),
                                        CommandFields.flag(call.command(), "resume"))),
                row(
                        "migrateEncryptionStatus",
                        _ -> new EncryptionMigrationCommand.RetrieveStatus()),
                row("migrateEncryptionAbort", _ -> new EncryptionMigrationCommand.Abort()));
    }

    private CommandRow row(String name, Function<Call, EncryptionMigrationCommand> read) {
        return CommandRow.of(
                ConnectionCommands.COMMANDS + name,
                Singleton.ENCRYPTION_MIGRATION.path(),
                Service.CONNECTIVITY,
                call -> ask(name, read.apply(call), call));
    }

    private CompletionStage<JsonNode> ask(
            String name, EncryptionMigrationCommand command, Call call) {
        return Singletons.ask(
                        system,
                        Singleton.ENCRYPTION_MIGRATION,
                        command,
                        ConnectionReply.class,
                        call.timeout())
                .thenApply(reply -> json(name, reply));
    }

    private static JsonNode json(String name, ConnectionReply reply) {
        return switch (reply) {
            case ConnectionReply.Report(var report) -> {
                ObjectNode json = CommandFields.response(ConnectionCommands.RESPONSES + name, 200);
                json.setAll(report);
                yield json;
            }
            case ConnectionReply.Failed failed -> failed.problem().toJson();
            case ConnectionReply other ->
                    throw new IllegalStateException("The migration answered " + other);
        };
    }
}
