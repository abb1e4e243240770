package org.patchbay.gateway.piggyback;

import static org.patchbay.gateway.piggyback.CommandFields.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.devops.Service;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.gateway.connections.Connections;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.json.FieldSelector;

/** The commands to one connection. An entity's refusal comes as its error, bare. */
final class ConnectionCommands {

    static final String SHARDS = "/system/sharding/connection";
    static final String COMMANDS = "connectivity.commands:";
    static final String RESPONSES = "connectivity.responses:";
    static final String SUDO_COMMANDS = "connectivity.sudo.commands:";
    static final String SUDO_RESPONSES = "connectivity.sudo.responses:";

    private final Connections connections;

    ConnectionCommands(Connections connections) {
        this.connections = connections;
    }

    List<CommandRow> rows() {
        return List.of(
                row(COMMANDS + "createConnection", this::create),
                row(COMMANDS + "modifyConnection", this::modify),
                row(COMMANDS + "testConnection", this::test),
                row(COMMANDS + "retrieveConnection", this::retrieve),
                byId("retrieveHonoConnection", new ConnectionCommand.RetrieveHono()),
                byId("deleteConnection", new ConnectionCommand.Delete(Preconditions.NONE)),
                byId("openConnection", new ConnectionCommand.Open()),
                byId("closeConnection", new ConnectionCommand.Close()),
                byId("retrieveConnectionStatus", new ConnectionCommand.RetrieveStatus()),
                byId("retrieveConnectionMetrics", new ConnectionCommand.RetrieveMetrics()),
                byId("resetConnectionMetrics", new ConnectionCommand.ResetMetrics()),
                byId("enableConnectionLogs", new ConnectionCommand.EnableLogs()),
                byId("retrieveConnectionLogs", new ConnectionCommand.RetrieveLogs()),
                byId("resetConnectionLogs", new ConnectionCommand.ResetLogs()),
                row(SUDO_COMMANDS + "sudoRetrieveConnectionTags", this::tags));
    }

    private static CommandRow row(String type, CommandRow.Single work) {
        return CommandRow.of(type, SHARDS, Service.CONNECTIVITY, work);
    }

    /** A command that needs no more than the id of its connection. */
    private CommandRow byId(String name, ConnectionCommand command) {
        return row(
                COMMANDS + name,
                call -> {
                    String id = id(call);
                    return ask(id, command, call.timeout(), reply -> done(name, id, reply));
                });
    }

    private CompletionStage<JsonNode> create(Call call) {
        Connection connection = connection(call);
        return ask(
                connection.id(),
                new ConnectionCommand.Create(connection),
                call.timeout(),
                reply -> done("createConnection", connection.id(), reply));
    }

    private CompletionStage<JsonNode> modify(Call call) {
        Connection connection = connection(call);
        return ask(
                connection.id(),
                new ConnectionCommand.Modify(connection, Preconditions.NONE),
                call.timeout(),
                reply -> done("modifyConnection", connection.id(), reply));
    }

    private CompletionStage<JsonNode> test(Call call) {
        Connection connection = connection(call);
        return ask(
                connection.id(),
                new ConnectionCommand.Test(connection),
                call.timeout(),
                reply -> done("testConnection", connection.id(), reply));
    }

    private CompletionStage<JsonNode> retrieve(Call call) {
        String id = id(call);
        FieldSelector fields = selectedFields(call);
        return ask(
                id,
                new ConnectionCommand.Retrieve(Preconditions.NONE),
                call.timeout(),
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

    private CompletionStage<JsonNode> tags(Call call) {
        String id = id(call);
        return ask(
                id,
                new ConnectionCommand.Retrieve(Preconditions.NONE),
                call.timeout(),
                reply -> {
                    if (!(reply instanceof ConnectionReply.Retrieved(var stored))) {
                        return done("retrieveConnection", id, reply);
                    }
                    ObjectNode json = response(SUDO_RESPONSES + "sudoRetrieveConnectionTags", 200);
                    stored.connection().tags().forEach(json.putArray("connectionTags")::add);
                    return json;
                });
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
            case ConnectionReply.Tested(var report) -> tested(name, id, report);
            case ConnectionReply.MappingTested(int _, var json) -> json;
            case ConnectionReply.Failed failed -> failed.problem().toJson();
        };
    }

    private static ObjectNode tested(String name, String id, DryRunReport report) {
        Problem problem = report.explained();
        return problem == null
                ? response(RESPONSES + name, 200)
                        .put("connectionId", id)
                        .put("testResult", "The connection could be established.")
                : problem.toJson();
    }

    private static Connection connection(Call call) {
        return ConnectionJson.read(CommandFields.object(call.command(), "connection"));
    }

    private static String id(Call call) {
        return CommandFields.text(call.command(), "connectionId");
    }

    private static @Nullable FieldSelector selectedFields(Call call) {
        String selected = CommandFields.textOrNull(call.command(), "selectedFields");
        return selected == null ? null : FieldSelector.parse(selected);
    }
}
