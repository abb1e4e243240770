package org.patchbay.gateway.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.json.FieldSelector;

/**
 * The commands that can be sent in a piggyback envelope, as one table: type → where it goes and how
 * it is carried out. Reading a command throws what is wrong with it; what carries it out answers in
 * JSON, an entity's refusal as its error.
 */
final class PiggybackCommands {

    static final String SHARDS = "/system/sharding/connection";
    static final String IDS = "/user/connectivityRoot/connectionIdsRetrieval";

    private static final String COMMANDS = "connectivity.commands:";
    private static final String RESPONSES = "connectivity.responses:";
    private static final String SUDO_COMMANDS = "connectivity.sudo.commands:";
    private static final String SUDO_RESPONSES = "connectivity.sudo.responses:";

    /** Carries out a command that was read; a problem in it is thrown before anything is asked. */
    @FunctionalInterface
    interface Row {
        CompletionStage<JsonNode> carryOut(JsonNode command, Duration timeout);
    }

    /**
     * A command.
     *
     * @param target the actor that understands it
     */
    record Known(String target, Row row) {}

    private final Connections connections;
    private final Map<String, Known> table;

    PiggybackCommands(Connections connections) {
        this.connections = connections;
        this.table =
                Map.ofEntries(
                        of("createConnection", this::create),
                        of("modifyConnection", this::modify),
                        of("testConnection", this::test),
                        of("retrieveConnection", this::retrieve),
                        of("deleteConnection", byId("deleteConnection", delete())),
                        of("openConnection", byId("openConnection", new ConnectionCommand.Open())),
                        of(
                                "closeConnection",
                                byId("closeConnection", new ConnectionCommand.Close())),
                        of(
                                "retrieveConnectionStatus",
                                byId(
                                        "retrieveConnectionStatus",
                                        new ConnectionCommand.RetrieveStatus())),
                        of(
                                "retrieveConnectionMetrics",
                                byId(
                                        "retrieveConnectionMetrics",
                                        new ConnectionCommand.RetrieveMetrics())),
                        of(
                                "resetConnectionMetrics",
                                byId(
                                        "resetConnectionMetrics",
                                        new ConnectionCommand.ResetMetrics())),
                        of(
                                "enableConnectionLogs",
                                byId("enableConnectionLogs", new ConnectionCommand.EnableLogs())),
                        of(
                                "retrieveConnectionLogs",
                                byId(
                                        "retrieveConnectionLogs",
                                        new ConnectionCommand.RetrieveLogs())),
                        of(
                                "resetConnectionLogs",
                                byId("resetConnectionLogs", new ConnectionCommand.ResetLogs())),
                        Map.entry(
                                SUDO_COMMANDS + "sudoRetrieveConnectionTags",
                                new Known(SHARDS, this::tags)),
                        Map.entry(
                                COMMANDS + "retrieveAllConnectionIds",
                                new Known(IDS, this::allIds)),
                        Map.entry(
                                SUDO_COMMANDS + "sudoRetrieveConnectionIdsByTag",
                                new Known(IDS, this::idsByTag)));
    }

    /** The command of a type, or null where there is none. */
    @Nullable Known find(String type) {
        return table.get(type);
    }

    private static Map.Entry<String, Known> of(String name, Row row) {
        return Map.entry(COMMANDS + name, new Known(SHARDS, row));
    }

    private static ConnectionCommand delete() {
        return new ConnectionCommand.Delete(Preconditions.NONE);
    }

    private CompletionStage<JsonNode> create(JsonNode command, Duration timeout) {
        Connection connection = connection(command);
        return ask(
                connection.id(),
                new ConnectionCommand.Create(connection),
                timeout,
                reply -> done("createConnection", connection.id(), reply));
    }

    private CompletionStage<JsonNode> modify(JsonNode command, Duration timeout) {
        Connection connection = connection(command);
        return ask(
                connection.id(),
                new ConnectionCommand.Modify(connection, Preconditions.NONE),
                timeout,
                reply -> done("modifyConnection", connection.id(), reply));
    }

    private CompletionStage<JsonNode> test(JsonNode command, Duration timeout) {
        Connection connection = connection(command);
        return ask(
                connection.id(),
                new ConnectionCommand.Test(connection),
                timeout,
                reply ->
                        reply instanceof ConnectionReply.Done
                                ? response(RESPONSES + "testConnection", 200)
                                        .put("connectionId", connection.id())
                                        .put("testResult", "The connection could be established.")
                                : done("testConnection", connection.id(), reply));
    }

    private CompletionStage<JsonNode> retrieve(JsonNode command, Duration timeout) {
        String id = text(command, "connectionId");
        JsonNode selected = command.get("selectedFields");
        FieldSelector fields =
                selected == null || !selected.isTextual()
                        ? null
                        : FieldSelector.parse(selected.textValue());
        return ask(
                id,
                new ConnectionCommand.Retrieve(Preconditions.NONE),
                timeout,
                reply ->
                        fields != null && reply instanceof ConnectionReply.Retrieved(var stored)
                                ? response(RESPONSES + "retrieveConnection", 200)
                                        .set(
                                                "connection",
                                                fields.select(
                                                        ConnectionJson.showWithSpecialFields(
                                                                stored)))
                                : done("retrieveConnection", id, reply));
    }

    private CompletionStage<JsonNode> tags(JsonNode command, Duration timeout) {
        String id = text(command, "connectionId");
        return ask(
                id,
                new ConnectionCommand.Retrieve(Preconditions.NONE),
                timeout,
                reply -> {
                    if (!(reply instanceof ConnectionReply.Retrieved(var stored))) {
                        return done("retrieveConnection", id, reply);
                    }
                    ObjectNode json = response(SUDO_RESPONSES + "sudoRetrieveConnectionTags", 200);
                    stored.connection().tags().forEach(json.putArray("connectionTags")::add);
                    return json;
                });
    }

    private CompletionStage<JsonNode> allIds(JsonNode command, Duration timeout) {
        return connections
                .ids(new ConnectionIdsQuery.All(), timeout)
                .thenApply(found -> ids(RESPONSES + "retrieveAllConnectionIds", found));
    }

    private CompletionStage<JsonNode> idsByTag(JsonNode command, Duration timeout) {
        return connections
                .ids(new ConnectionIdsQuery.ByTag(text(command, "tag")), timeout)
                .thenApply(found -> ids(SUDO_RESPONSES + "sudoRetrieveConnectionIdsByTag", found));
    }

    /** A command that needs no more than the id of its connection. */
    private Row byId(String name, ConnectionCommand command) {
        return (json, timeout) -> {
            String id = text(json, "connectionId");
            return ask(id, command, timeout, reply -> done(name, id, reply));
        };
    }

    private CompletionStage<JsonNode> ask(
            String id,
            ConnectionCommand command,
            Duration timeout,
            Function<ConnectionReply, JsonNode> answer) {
        return connections.ask(id, command, timeout).thenApply(answer);
    }

    private static ObjectNode done(String name, String id, ConnectionReply reply) {
        return switch (reply) {
            case ConnectionReply.Created(var stored) -> {
                // A modification that creates answers as a creation.
                ObjectNode json = response(RESPONSES + "createConnection", 201);
                json.set("connection", ConnectionJson.show(stored.connection()));
                yield json;
            }
            case ConnectionReply.Retrieved(var stored) -> {
                ObjectNode json = response(RESPONSES + name, 200);
                json.set("connection", ConnectionJson.show(stored.connection()));
                yield json;
            }
            case ConnectionReply.Report(var report) -> {
                ObjectNode json = response(RESPONSES + name, 200);
                json.setAll(report);
                yield json;
            }
            case ConnectionReply.Modified _, ConnectionReply.Deleted _ ->
                    response(RESPONSES + name, 204).put("connectionId", id);
            case ConnectionReply.Done _ -> response(RESPONSES + name, 200).put("connectionId", id);
            case ConnectionReply.Failed failed -> failed.problem().toJson();
        };
    }

    private static ObjectNode ids(String type, List<String> found) {
        ObjectNode json = response(type, 200);
        found.forEach(json.putArray("connectionIds")::add);
        return json;
    }

    private static ObjectNode response(String type, int status) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("status", status);
    }

    private static Connection connection(JsonNode command) {
        JsonNode connection = command.get("connection");
        if (connection == null) {
            throw Problems.jsonFieldMissing("/connection").asException();
        }
        return ConnectionJson.read(connection);
    }

    private static String text(JsonNode command, String field) {
        JsonNode value = command.get(field);
        if (value == null) {
            throw Problems.jsonFieldMissing("/" + field).asException();
        }
        if (!value.isTextual()) {
            throw Problems.jsonFormatInvalid("/" + field, "a text").asException();
        }
        return value.textValue();
    }
}
