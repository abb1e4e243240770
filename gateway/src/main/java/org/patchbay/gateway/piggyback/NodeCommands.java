package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.patchbay.cluster.devops.DevOpsCommand;
import org.patchbay.cluster.devops.Service;
import org.patchbay.gateway.devops.ConfigPath;
import org.patchbay.gateway.devops.LevelChange;
import org.patchbay.gateway.devops.Nodes;

/**
 * The commands to nodes: each node of the service carries them out, or any one of them where they
 * are sent to a group.
 */
final class NodeCommands {

    /** Whom any service listens to. */
    private static final Set<String> SHARED = Set.of(Envelope.MEDIATOR, "/system/devOps");

    private final Nodes nodes;

    NodeCommands(Nodes nodes) {
        this.nodes = nodes;
    }

    List<CommandRow> rows() {
        return Stream.of(
                        rows("devops.commands:retrieveLoggerConfig", NodeCommands::retrieveLevels),
                        rows("devops.commands:changeLogLevel", NodeCommands::changeLevel),
                        rows("common.commands:retrieveConfig", NodeCommands::retrieveConfig),
                        rows(
                                "status.commands:retrieveHealth",
                                _ -> new DevOpsCommand.RetrieveHealth()))
                .flatMap(List::stream)
                .toList();
    }

    /** For the nodes of a service, which its root stands for, or of all of them. */
    private List<CommandRow> rows(String type, Function<JsonNode, DevOpsCommand> read) {
        List<CommandRow> rows = new ArrayList<>();
        rows.add(
                new CommandRow(
                        type,
                        SHARED,
                        null,
                        call -> ask(call, call.service(), read.apply(call.command()))));
        for (Service service : Service.values()) {
            rows.add(
                    new CommandRow(
                            type,
                            Set.of(service.root()),
                            service,
                            call -> ask(call, Optional.of(service), read.apply(call.command()))));
        }
        return rows;
    }

    private CompletionStage<Outcome> ask(
            Call call, Optional<Service> service, DevOpsCommand command) {
        CompletionStage<Map<String, Map<String, JsonNode>>> asked;
        if (service.isEmpty()) {
            asked = nodes.askAll(command, call.timeout());
        } else if (call.instance() == null && call.envelope().groupTopic()) {
            asked = nodes.askOne(service.get(), command, call.timeout());
        } else {
            asked = nodes.ask(service.get(), call.instance(), command, call.timeout());
        }
        return asked.thenApply(Outcome.Each::new);
    }

    private static DevOpsCommand retrieveConfig(JsonNode command) {
        return ConfigPath.read(CommandFields.textOrNull(command, "path"));
    }

    private static DevOpsCommand retrieveLevels(JsonNode command) {
        List<String> loggers = CommandFields.textsOrNull(command, "specificLoggers");
        return new DevOpsCommand.RetrieveLoggerConfig(
                loggers == null ? List.of() : loggers,
                CommandFields.flag(command, "allKnownLoggers"));
    }

    private static DevOpsCommand changeLevel(JsonNode command) {
        return LevelChange.read(CommandFields.object(command, "loggerConfig"), "/loggerConfig");
    }
}
