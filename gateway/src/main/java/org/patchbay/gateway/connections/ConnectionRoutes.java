package org.patchbay.gateway.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Handler;
import org.patchbay.gateway.http.MediaTypes;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;

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

    private final ActorSystem<?> system;
    private final Connections connections;
    private final GatewayConfig.Timeout timeout;
    private final int listParallelism;
    private final MediaTypes json;

    public ConnectionRoutes(ActorSystem<?> system, GatewayConfig config) {
        this.system = system;
        this.connections = new Connections(system);
        // A connection bounds its own waiting, for a broker say; the gateway waits for what it
        // answers.
        this.timeout = new GatewayConfig.Timeout(config.commands().max(), config.commands().max());
        this.listParallelism = config.listParallelism();
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
        boolean dryRun = exchange.flag("dry-run");
        JsonNode body = exchange.json();
        if (body.has("id")) {
            throw ConnectionProblems.idNotSettable().asException();
        }
        String id = UUID.randomUUID().toString();
        return dryRun
                ? ask(exchange, id, new ConnectionCommand.Test(ConnectionJson.read(body, id)))
                : ask(exchange, id, new ConnectionCommand.Create(ConnectionJson.readNew(body, id)));
    }

    private CompletionStage<HttpResponse> modify(Exchange exchange) {
        json.check(exchange);
        String id = exchange.variable("id");
        JsonNode body = exchange.json();
        JsonNode bodyId = body.get("id");
        if (bodyId != null && !bodyId.asText().equals(id)) {
            throw ConnectionProblems.idNotSettable().asException();
        }
        Connection connection = ConnectionJson.read(body, id);
        return ask(exchange, id, new ConnectionCommand.Modify(connection, preconditions(exchange)));
    }

    private CompletionStage<HttpResponse> delete(Exchange exchange) {
        return ask(
                exchange,
                exchange.variable("id"),
                new ConnectionCommand.Delete(preconditions(exchange)));
    }

    private CompletionStage<HttpResponse> retrieve(Exchange exchange) {
        FieldSelector fields = fields(exchange);
        return connections
                .ask(
                        exchange.variable("id"),
                        retrieval(exchange),
                        Waiting.of(exchange, timeout).timeout())
                .thenApply(reply -> answer(exchange, reply, fields));
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
                    timestamp == null ? null : Instant.parse(timestamp.strip()));
        } catch (NumberFormatException e) {
            throw Problems.headerInvalid(
                            "at-historical-revision", "'" + revision + "' is no whole number")
                    .asException();
        } catch (DateTimeParseException e) {
            throw Problems.headerInvalid(
                            "at-historical-timestamp",
                            "'" + timestamp + "' is no ISO 8601 time in UTC")
                    .asException();
        }
    }

    /** All connections, or only their ids; one that goes while they are collected is left out. */
    private CompletionStage<HttpResponse> list(Exchange exchange) {
        FieldSelector fields = fields(exchange);
        Waiting waiting = Waiting.of(exchange, timeout);
        boolean idsOnly =
                "true".equals(exchange.parameter("ids-only"))
                        || (fields != null
                                && fields.pointers().equals(List.of(JsonPointer.of("id"))));
        return connections
                .ids(new ConnectionIdsQuery.All(), waiting.timeout())
                .thenCompose(ids ->
                        idsOnly
                                ? CompletableFuture.completedFuture(texts(ids))
                                : documents(ids, fields, waiting))
                .thenApply(array -> Answers.json(200, array));
    }

    private CompletionStage<ArrayNode> documents(
            List<String> ids, @Nullable FieldSelector fields, Waiting waiting) {
        ConnectionCommand retrieve = new ConnectionCommand.Retrieve(Preconditions.NONE);
        return Source.from(ids)
                .mapAsync(listParallelism, id -> connections.ask(id, retrieve, waiting.timeout()))
                .map(ConnectionRoutes::storedOrNothing)
                .runWith(Sink.seq(), system)
                .thenApply(found -> {
                    ArrayNode array = JsonNodeFactory.instance.arrayNode();
                    found.forEach(one -> one.ifPresent(stored -> array.add(show(stored, fields))));
                    return array;
                });
    }

    private static Optional<ConnectionReply.Stored> storedOrNothing(ConnectionReply reply) {
        return switch (reply) {
            case ConnectionReply.Retrieved(var stored) -> Optional.of(stored);
            case ConnectionReply.Failed failed when failed.problem().status() == 404 ->
                    Optional.empty();
            case ConnectionReply.Failed failed -> throw failed.problem().asException();
            case ConnectionReply other ->
                    throw new IllegalStateException("A retrieval was answered with " + other);
        };
    }

    private static ArrayNode texts(List<String> ids) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ids.forEach(array::add);
        return array;
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
        CompletionStage<ConnectionReply> reply = connections.ask(id, command, waiting.timeout());
        return waiting.answered()
                ? reply.thenApply(it -> answer(exchange, it, null))
                : CompletableFuture.completedFuture(Answers.empty(202));
    }

    private static HttpResponse answer(
            Exchange exchange, ConnectionReply reply, @Nullable FieldSelector fields) {
        return switch (reply) {
            case ConnectionReply.Created(var stored) ->
                    revised(Answers.json(201, show(stored, null)), stored.revision())
                            .addHeader(
                                    Answers.location(
                                            exchange, BASE + "/" + stored.connection().id()));
            case ConnectionReply.Modified(long revision) -> revised(Answers.empty(204), revision);
            case ConnectionReply.Deleted(long _) -> Answers.empty(204);
            case ConnectionReply.Done _ -> Answers.empty(200);
            case ConnectionReply.Retrieved(var stored) ->
                    revised(Answers.json(200, show(stored, fields)), stored.revision());
            case ConnectionReply.Report(var report) -> Answers.json(200, report);
            case ConnectionReply.Failed(var problem, var revision) ->
                    revision == null
                            ? Answers.problem(problem)
                            : revised(Answers.problem(problem), revision);
        };
    }

    private static JsonNode show(ConnectionReply.Stored stored, @Nullable FieldSelector fields) {
        return fields == null
                ? ConnectionJson.show(stored.connection())
                : fields.select(ConnectionJson.showWithSpecialFields(stored));
    }

    private static HttpResponse revised(HttpResponse answer, long revision) {
        return answer.addHeader(Answers.header("ETag", "\"rev:" + revision + "\""))
                .addHeader(
                        Answers.header(HeaderDefinition.ENTITY_REVISION, String.valueOf(revision)));
    }

    private static Preconditions preconditions(Exchange exchange) {
        return new Preconditions(
                exchange.headers().get(HeaderDefinition.IF_MATCH),
                exchange.headers().get(HeaderDefinition.IF_NONE_MATCH));
    }

    private static @Nullable FieldSelector fields(Exchange exchange) {
        String text = exchange.parameter("fields");
        return text == null || text.isBlank() ? null : FieldSelector.parse(text);
    }
}
