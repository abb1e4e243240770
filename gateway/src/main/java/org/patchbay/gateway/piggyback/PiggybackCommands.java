package org.patchbay.gateway.piggyback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.devops.Service;
import org.patchbay.gateway.connections.Connections;
import org.patchbay.gateway.devops.Nodes;
import org.patchbay.protocol.Problem;

/** All commands that can be sent in an envelope: the tables of their families in one. */
final class PiggybackCommands {

    private final Map<String, List<CommandRow>> byType = new LinkedHashMap<>();

    PiggybackCommands(ActorSystem<?> system, Nodes nodes, Connections connections) {
        Stream.of(
                        new ConnectionCommands(connections).rows(),
                        new IndexCommands(system, connections).rows(),
                        new EncryptionCommands(system).rows(),
                        new CleanupCommands(system).rows(),
                        new TwinCommands(system).rows(),
                        new NamespaceCommands(system).rows(),
                        new NodeCommands(nodes).rows())
                .flatMap(List::stream)
                .forEach(
                        row -> byType.computeIfAbsent(row.type(), _ -> new ArrayList<>()).add(row));
    }

    /** The row for a command; an unknown type, or a target that does not know it, is a problem. */
    CommandRow find(Call call) {
        String type = call.command().path("type").asText("");
        List<CommandRow> rows = byType.get(type);
        if (rows == null) {
            throw unknownType(call).asException();
        }
        return rows.stream()
                .filter(row -> row.targets().contains(call.target()) && serves(row, call))
                .findFirst()
                .orElseThrow(() -> noActor(call, rows).asException());
    }

    Collection<String> types() {
        return byType.keySet();
    }

    private static boolean serves(CommandRow row, Call call) {
        return row.service() == null
                || call.service().isEmpty()
                || call.service().equals(Optional.of(row.service()));
    }

    private Problem unknownType(Call call) {
        return Problem.of(
                        400,
                        "json.type.notparsable",
                        "There is no command of the type " + call.command().path("type") + ".")
                .describedBy(
                        "Check the field 'type' of the piggybackCommand; it begins with connectivity.commands:"
                                + " in most cases.");
    }

    private static Problem noActor(Call call, List<CommandRow> rows) {
        TreeSet<String> right = new TreeSet<>();
        for (CommandRow row : rows) {
            String service = row.service() == null ? "any service" : row.service().wireName();
            row.targets().forEach(target -> right.add(target + " (" + service + ")"));
        }
        String service =
                call.service().map(Service::wireName).map(it -> " of the service " + it).orElse("");
        return Problem.of(
                        503,
                        "ask.error",
                        "Nothing at " + call.target() + service + " answers this command.")
                .describedBy("As targetActorSelection it knows " + String.join(", ", right) + ".");
    }
}
