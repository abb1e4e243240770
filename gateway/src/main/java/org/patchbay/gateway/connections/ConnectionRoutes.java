package org.patchbay.gateway.connections;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.EntityTags;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Handler;
import org.patchbay.gateway.http.MediaTypes;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.header.HeaderDefinition;

/** {@code /api/2/connections}: what the operator does with connections. */
public final class ConnectionRoutes {

    private static final String BASE = "/api/2/connections";

    /** What one can tell a connection to do. */
    private static final Map<String, Supplier<ConnectionCommand>> COMMANDS =
            Map.of(
                    "connectivity.commands:openConnection", ConnectionCommand.Open::new,
                    "connectivity.commands:closeConnection", ConnectionCommand.Close::new,
                    "connectivity.commands:resetConnectionMetrics",
                            ConnectionCommand.ResetMetrics::new,
                    "connectivity.commands:enableConnectionLogs", ConnectionCommand.EnableLogs::new,
                    "connectivity.commands:resetConnectionLogs", ConnectionCommand.ResetLogs::new);

    private final Connections connections;
    private final ConnectionLists lists;
    private final GatewayConfig.Timeout timeout;
    private final MediaTypes json;

    public ConnectionRoutes(ActorSystem<?> system, GatewayConfig config) {
        this.connections = new Connections(system);
        this.lists = new ConnectionLists(system, connections, config.listParallelism());
        // A connection bounds its own waiting, for a broker say; the gateway waits for what it
        // answers.
        this.timeout = new GatewayConfig.Timeout(config.commands().max(), config.commands().max());
        this.json = MediaTypes.json(config.http().jsonMediaTypes());
    }

    public List<Route> routes() {
        return List.of(
                Route.at(BASE, Audience.DEVOPS).get(this::list).post(this::post),
                Route.at(BASE + "/{id}", Audience.DEVOPS)
                        .get(this::retrieve)
                        .put(this::modify)
                        .delete(this::delete),
                Route.at(BASE + "/{id}/command", Audience.DEVOPS).post(this::command),
                Route.at(BASE + "/{id}/status", Audience.DEVOPS)
                        .get(report(new ConnectionCommand.RetrieveStatus())),
                Route.at(BASE + "/{id}/metrics", Audience.DEVOPS)
                        .get(report(new ConnectionCommand.RetrieveMetrics())),
                Route.at(BASE + "/{id}/logs", Audience.DEVOPS)
                        .get(report(new ConnectionCommand.RetrieveLogs())));
    }

    private CompletionStage<HttpResponse> post(Exchange exchange) {
        json.check(exchange);
        boolean dryRun = DryRuns.wanted(exchange);
        JsonNode body = exchange.json();
        if (body.has("id")) {
            throw ConnectionProblems.idNotSettable().asException();
        }
        String id = UUID.randomUUID().toString();
        return dryRun
                ? dryRun(exchange, body, id)
                : ask(exchange, id, new ConnectionCommand.Create(ConnectionJson.readNew(body, id)));
    }

    private CompletionStage<HttpResponse> modify(Exchange exchange) {
        json.check(exchange);
        String id = exchange.variable("id");
        JsonNode body = exchange.json();
        JsonNode bodyId = body.get("id");
        if (bodyId != null && !bodyId.asText().equals(id)) {
            throw ConnectionProblems.idDiffers(id, bodyId.asText()).asException();
        }
        if (DryRuns.wanted(exchange)) {
            return dryRun(exchange, body, id);
        }
        Connection connection = ConnectionJson.read(body, id);
        return ask(exchange, id, new ConnectionCommand.Modify(connection, preconditions(exchange)));
    }

    private CompletionStage<HttpResponse> dryRun(Exchange exchange, JsonNode body, String id) {
        return switch (DryRuns.of(exchange, body, id)) {
            case DryRuns.Attempt.Possible(var command) -> ask(exchange, id, command);
            case DryRuns.Attempt.Over(var reply) ->
                    CompletableFuture.completedFuture(answer(exchange, reply, View.WHOLE));
        };
    }

    private CompletionStage<HttpResponse> delete(Exchange exchange) {
        return ask(
                exchange,
                exchange.variable("id"),
                new ConnectionCommand.Delete(preconditions(exchange)));
    }

    private CompletionStage<HttpResponse> retrieve(Exchange exchange) {
        View view = View.of(exchange);
        return ask(exchange.variable("id"), retrieval(exchange), Waiting.of(exchange, timeout))
                .thenApply(reply -> answer(exchange, reply, view));
    }

    private static ConnectionCommand retrieval(Exchange exchange) {
        String revision = exchange.parameterOrHeader("at-historical-revision");
        String timestamp = exchange.parameterOrHeader("at-historical-timestamp");
        if (revision == null && timestamp == null) {
            return new ConnectionCommand.Retrieve(preconditions(exchange));
        }
        try {
            return new ConnectionCommand.RetrieveAt(
                    revision == null ? null : Long.valueOf(revision.strip()),
                    timestamp == null ? null : time(timestamp.strip()));
        } catch (NumberFormatException e) {
            throw Problems.headerInvalid(
                            "at-historical-revision", "'" + revision + "' is no whole number")
                    .asException();
        } catch (DateTimeParseException e) {
            throw Problems.headerInvalid(
                            "at-historical-timestamp",
                            "'" + timestamp + "' is no ISO 8601 time such as 2026-01-31T12:00:00Z")
                    .asException();
        }
    }

    /** Seconds may be left out, any offset from UTC is fine. */
    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private CompletionStage<HttpResponse> list(Exchange exchange) {
        return lists.list(exchange, BASE, Waiting.of(exchange, timeout).timeout());
    }

    private CompletionStage<HttpResponse> command(Exchange exchange) {
        MediaTypes.only(MediaTypes.TEXT).check(exchange);
        String name = exchange.body().utf8String();
        Supplier<ConnectionCommand> command = COMMANDS.get(name);
        if (command == null) {
            throw Problem.of(
                            400,
                            "connectivity:command.invalid",
                            "'" + name.strip() + "' is no command of a connection.")
                    .describedBy(
                            "Send one of "
                                    + String.join(
                                            ", ", COMMANDS.keySet().stream().sorted().toList())
                                    + ".")
                    .asException();
        }
        return ask(exchange, exchange.variable("id"), command.get());
    }

    private Handler report(ConnectionCommand command) {
        return exchange -> ask(exchange, exchange.variable("id"), command);
    }

    private CompletionStage<HttpResponse> ask(
            Exchange exchange, String id, ConnectionCommand command) {
        Waiting waiting = Waiting.of(exchange, timeout);
        CompletionStage<ConnectionReply> reply = ask(id, command, waiting);
        return waiting.answered()
                ? reply.thenApply(it -> answer(exchange, it, View.WHOLE))
                : CompletableFuture.completedFuture(Answers.empty(202));
    }

    /**
     * Whoever waits for a shorter time than usual is told that it is over, not that nobody is
     * there.
     */
    private CompletionStage<ConnectionReply> ask(
            String id, ConnectionCommand command, Waiting waiting) {
        Duration limit = waiting.timeout();
        return connections.ask(
                id,
                command,
                limit,
                limit.compareTo(timeout.standard()) < 0
                        ? Refusals.commandTimeout(limit)
                        : ConnectionProblems.unavailable(id));
    }

    private static HttpResponse answer(Exchange exchange, ConnectionReply reply, View view) {
        return switch (reply) {
            case ConnectionReply.Created(var stored) ->
                    revised(Answers.json(201, View.WHOLE.show(stored)), stored.revision())
                            .addHeader(
                                    Answers.location(
                                            exchange, BASE + "/" + stored.connection().id()));
            case ConnectionReply.Modified(long revision) -> revised(Answers.empty(204), revision);
            case ConnectionReply.Deleted(long revision) ->
                    Answers.empty(204).addHeader(entityRevision(revision));
            case ConnectionReply.Done _ -> Answers.empty(200);
            case ConnectionReply.Retrieved(var stored) ->
                    revised(Answers.json(200, view.show(stored)), stored.revision());
            case ConnectionReply.Report(var report) -> Answers.json(200, report);
            case ConnectionReply.Tested(var report) -> DryRuns.answer(exchange, report);
            case ConnectionReply.MappingTested(int status, var body) -> Answers.json(status, body);
            case ConnectionReply.Failed(var problem, var revision) ->
                    revision == null
                            ? Answers.problem(problem)
                            : revised(Answers.problem(problem), revision);
        };
    }

    private static HttpResponse revised(HttpResponse answer, long revision) {
        return answer.addHeader(Answers.header("ETag", "\"rev:" + revision + "\""))
                .addHeader(entityRevision(revision));
    }

    private static HttpHeader entityRevision(long revision) {
        return Answers.header(HeaderDefinition.ENTITY_REVISION, String.valueOf(revision));
    }

    private static Preconditions preconditions(Exchange exchange) {
        String ifMatch = exchange.headers().get(HeaderDefinition.IF_MATCH);
        String ifNoneMatch = exchange.headers().get(HeaderDefinition.IF_NONE_MATCH);
        EntityTags.check(HeaderDefinition.IF_MATCH, ifMatch);
        EntityTags.check(HeaderDefinition.IF_NONE_MATCH, ifNoneMatch);
        return new Preconditions(ifMatch, ifNoneMatch);
    }
}
