package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.devops.DevOps;
import org.patchbay.cluster.devops.DevOpsCommand;
import org.patchbay.cluster.devops.NamespaceSettings;
import org.patchbay.cluster.devops.Service;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;

/**
 * The commands about all things and policies of a namespace. Answers are told apart by what they
 * are about, not by who gave them: in the place of service and instance stand question marks.
 */
final class NamespaceCommands {

    private static final String NAMESPACES = "namespaces.commands:";
    private static final String UNNAMED = "?";
    private static final String PURGE_REASON = "purge-namespace";

    private final DevOps devOps;
    private final NamespaceSettings settings;

    NamespaceCommands(ActorSystem<?> system) {
        this.devOps = DevOps.of(system);
        this.settings = NamespaceSettings.of(system.settings().config());
    }

    List<CommandRow> rows() {
        return List.of(
                row(
                        NAMESPACES + "blockNamespace",
                        call ->
                                everybody(
                                        call,
                                        new DevOpsCommand.BlockNamespace(
                                                namespace(call), settings.blockEnd()))),
                row(
                        NAMESPACES + "unblockNamespace",
                        call ->
                                everybody(
                                        call, new DevOpsCommand.UnblockNamespace(namespace(call)))),
                row(NAMESPACES + "purgeNamespace", this::purge),
                row("common.commands:shutdown", this::stop));
    }

    private static CommandRow row(String type, CommandRow.Work work) {
        return new CommandRow(type, Set.of(Envelope.MEDIATOR), null, work);
    }

    /** Done when every node has done it. */
    private CompletionStage<Outcome> everybody(Call call, DevOpsCommand command) {
        return devOps.askEverybody(command, call.timeout())
                .thenApply(answers -> unnamed(List.of(faultOrAny(answers))));
    }

    private CompletionStage<Outcome> purge(Call call) {
        DevOpsCommand command = new DevOpsCommand.PurgeNamespace(namespace(call));
        return devOps.askOne(Service.THINGS, command, call.timeout())
                .thenApply(answers -> {
                    JsonNode answer = faultOrAny(answers);
                    return unnamed(
                            answer.has("payload")
                                    ? List.of(answer)
                                    : List.of(answer.path("thing"), answer.path("policy")));
                });
    }

    private CompletionStage<Outcome> stop(Call call) {
        JsonNode reason = CommandFields.object(call.command(), "reason");
        if (!CommandFields.text(reason, "type").equals(PURGE_REASON)) {
            throw Problems.jsonFormatInvalid("/reason/type", PURGE_REASON).asException();
        }
        DevOpsCommand command =
                new DevOpsCommand.StopNamespace(
                        namespace("/reason/details", CommandFields.text(reason, "details")));
        return devOps.askAll(Service.THINGS, command, call.timeout())
                .thenApply(answers -> {
                    JsonNode any = faultOrAny(answers);
                    if (any instanceof ObjectNode json && json.has("stopped")) {
                        json.put(
                                "stopped",
                                answers.byInstance().values().stream()
                                        .mapToInt(each -> each.path("stopped").intValue())
                                        .sum());
                    }
                    return unnamed(List.of(any));
                });
    }

    private static JsonNode faultOrAny(DevOps.Answers answers) {
        return answers.byInstance().values().stream()
                .filter(answer -> answer.has("payload"))
                .findFirst()
                .or(() -> answers.byInstance().values().stream().findFirst())
                .orElseThrow(() ->
                        Problem.of(503, "ask.error", "No node offers things and policies now.")
                                .asException());
    }

    private static Outcome unnamed(List<JsonNode> answers) {
        Map<String, JsonNode> numbered = new LinkedHashMap<>();
        for (JsonNode answer : answers) {
            numbered.put(numbered.isEmpty() ? UNNAMED : UNNAMED + numbered.size(), answer);
        }
        return new Outcome.Each(Map.of(UNNAMED, numbered));
    }

    private static String namespace(Call call) {
        return namespace("/namespace", CommandFields.text(call.command(), "namespace"));
    }

    private static String namespace(String pointer, String name) {
        String anyId = name + ":x";
        if (name.isEmpty()
                || !EntityId.isValid(anyId)
                || !EntityId.namespaceOf(anyId).equals(name)) {
            throw Problems.jsonFormatInvalid(pointer, "a namespace such as org.eclipse.ditto")
                    .asException();
        }
        return name;
    }
}
