package org.patchbay.gateway.piggyback;

import static org.patchbay.gateway.piggyback.CommandFields.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.patchbay.cluster.devops.Service;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.gateway.connections.Connections;

/** The commands about many connections: their ids, all or by tag, and several at once. */
final class IndexCommands {

    private static final String INDEX = Singleton.CONNECTION_IDS.path();
    private static final int ASKED_AT_ONCE = 16;

    private final ActorSystem<?> system;
    private final Connections connections;

    IndexCommands(ActorSystem<?> system, Connections connections) {
        this.system = system;
        this.connections = connections;
    }

    List<CommandRow> rows() {
        return List.of(
                row(
                        ConnectionCommands.COMMANDS + "retrieveAllConnectionIds",
                        call ->
                                ids(
                                        call,
                                        "retrieveAllConnectionIds",
                                        new ConnectionIdsQuery.All())),
                row(
                        ConnectionCommands.SUDO_COMMANDS + "sudoRetrieveConnectionIdsByTag",
                        call -> byTag(call)),
                new CommandRow(
                        ConnectionCommands.COMMANDS + "retrieveConnections",
                        Set.of(INDEX, ConnectionCommands.SHARDS),
                        Service.CONNECTIVITY,
                        call -> several(call).thenApply(Outcome.One::new)));
    }

    private static CommandRow row(String type, CommandRow.Single work) {
        return CommandRow.of(type, INDEX, Service.CONNECTIVITY, work);
    }

    private CompletionStage<JsonNode> ids(Call call, String name, ConnectionIdsQuery query) {
        return connections
                .ids(query, call.timeout())
                .thenApply(found -> ids(ConnectionCommands.RESPONSES + name, found));
    }

    private CompletionStage<JsonNode> byTag(Call call) {
        String tag = CommandFields.text(call.command(), "tag");
        return connections
                .ids(new ConnectionIdsQuery.ByTag(tag), call.timeout())
                .thenApply(found ->
                        ids(
                                ConnectionCommands.SUDO_RESPONSES
                                        + "sudoRetrieveConnectionIdsByTag",
                                found));
    }

    /** Those of {@code connectionIds}, or all; one that is not there is left out. */
    private CompletionStage<JsonNode> several(Call call) {
        List<String> wanted = CommandFields.textsOrNull(call.command(), "connectionIds");
        boolean idsOnly = CommandFields.flag(call.command(), "idsOnly");
        Source<String, NotUsed> ids =
                wanted == null
                        ? Source.completionStage(
                                        connections.ids(
                                                new ConnectionIdsQuery.All(), call.timeout()))
                                .mapConcat(all -> all)
                        : Source.from(wanted.stream().distinct().toList());
        ConnectionCommand retrieve = new ConnectionCommand.Retrieve(Preconditions.NONE);
        return ids.mapAsync(ASKED_AT_ONCE, id -> connections.ask(id, retrieve, call.timeout()))
                .map(reply -> shown(reply, idsOnly))
                .mapConcat(found -> found.map(List::of).orElse(List.of()))
                .runWith(Sink.seq(), system)
                .thenApply(found -> {
                    ObjectNode json =
                            response(ConnectionCommands.RESPONSES + "retrieveConnections", 200);
                    json.putArray("connections").addAll(found);
                    return json;
                });
    }

    private static Optional<JsonNode> shown(ConnectionReply reply, boolean idsOnly) {
        return switch (reply) {
            case ConnectionReply.Retrieved(var stored) -> {
                ObjectNode json = ConnectionJson.show(stored.connection());
                yield Optional.of(idsOnly ? json.retain("id") : json);
            }
            case ConnectionReply.Failed failed when failed.problem().status() == 404 ->
                    Optional.empty();
            case ConnectionReply.Failed failed -> throw failed.problem().asException();
            case ConnectionReply other ->
                    throw new IllegalStateException("A retrieval was answered with " + other);
        };
    }

    private static ObjectNode ids(String type, List<String> found) {
        ObjectNode json = response(type, 200);
        found.forEach(json.putArray("connectionIds")::add);
        return json;
    }
}
