package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.devops.DevOps;
import org.patchbay.cluster.devops.DevOpsCommand;
import org.patchbay.cluster.devops.Service;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.connections.Connections;
import org.patchbay.gateway.devops.Nodes;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * {@code /devops/piggyback}: the operator's commands in an envelope {@code {targetActorSelection,
 * headers, piggybackCommand}}. What is wrong with the envelope is an HTTP error; what is wrong with
 * the command in it stands in an envelope of its own, with status 200.
 *
 * <p>Entities and singletons are reached from any node, so a command to them is carried out once;
 * only those to nodes go to several.
 */
public final class PiggybackRoutes {

    private static final String BASE = "/devops/piggyback";
    private static final String NESTED = "devops.commands:executePiggybackCommand";
    private static final String UNKNOWN = "?";
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

    private final PiggybackCommands commands;
    private final Nodes nodes;
    private final Duration timeout;

    public PiggybackRoutes(ActorSystem<?> system, GatewayConfig config) {
        this.nodes = new Nodes(system);
        this.commands = new PiggybackCommands(system, nodes, new Connections(system));
        this.timeout = config.commands().max();
    }

    public List<Route> routes() {
        return List.of(
                Route.at(BASE, Audience.DEVOPS).post(this::send).put(this::send),
                Route.at(BASE + "/{service}", Audience.DEVOPS).post(this::send).put(this::send),
                Route.at(BASE + "/{service}/{instance}", Audience.DEVOPS)
                        .post(this::send)
                        .put(this::send));
    }

    private CompletionStage<HttpResponse> send(Exchange exchange) {
        Envelope envelope = Envelope.read(exchange.json());
        Duration waited = timeout(exchange, envelope);
        String correlationId =
                envelope.correlationId() == null
                        ? exchange.correlationId()
                        : envelope.correlationId();
        Headers headers = Headers.EMPTY.with(HeaderDefinition.CORRELATION_ID, correlationId);
        String service = exchange.variables().get("service");
        String instance = exchange.variables().get("instance");
        CompletionStage<Map<String, Map<String, JsonNode>>> answers =
                attempt(service, instance, envelope, waited, correlationId);
        return (waited.isZero()
                        ? CompletableFuture.completedStage(Answers.problem(notAwaited()))
                        : answers.thenApply(all -> answer(envelope.aggregate(), all)))
                .thenApply(answer -> Answers.with(answer, headers));
    }

    /** The answers by service and instance, or the envelope of what is wrong with the command. */
    private CompletionStage<Map<String, Map<String, JsonNode>>> attempt(
            @Nullable String service,
            @Nullable String instance,
            Envelope envelope,
            Duration waited,
            String correlationId) {
        Duration limit = waited.isZero() ? timeout : waited;
        String named = service == null ? UNKNOWN : service;
        try {
            Optional<Service> known =
                    service == null ? Optional.empty() : Optional.of(service(service));
            Call call = unwrapped(new Call(envelope, known, instance, limit, correlationId));
            CommandRow row = commands.find(call);
            String by = call.service().map(Service::wireName).orElse(nameOf(row));
            return carryOut(call, row, by)
                    .exceptionally(failure -> failed(by, instance, problem(failure, limit)));
        } catch (ProblemException e) {
            return CompletableFuture.completedStage(failed(named, instance, e.problem()));
        }
    }

    /** A command may itself be an envelope, for a service and an instance that it names. */
    private static Call unwrapped(Call call) {
        JsonNode command = call.command();
        if (!command.path("type").asText("").equals(NESTED)) {
            return call;
        }
        String service = CommandFields.textOrNull(command, "serviceName");
        String instance = CommandFields.textOrNull(command, "instance");
        return new Call(
                call.envelope()
                        .around(
                                CommandFields.text(command, "targetActorSelection"),
                                CommandFields.object(command, "piggybackCommand")),
                service == null ? call.service() : Optional.of(service(service)),
                instance == null ? call.instance() : instance,
                call.timeout(),
                call.correlationId());
    }

    private CompletionStage<Map<String, Map<String, JsonNode>>> carryOut(
            Call call, CommandRow row, String by) {
        Service service = row.service();
        String instance = call.instance();
        if (service == null || instance == null) {
            return row.work()
                    .carryOut(call)
                    .thenApply(outcome -> byService(by, nodes.instance(), outcome));
        }
        // Any node can do it, but one that is asked for by a wrong name should be told of.
        return nodes.ask(service, instance, new DevOpsCommand.Identify(), call.timeout())
                .thenApply(found -> found.getOrDefault(by, Map.of()).keySet().iterator().next())
                .thenCompose(name ->
                        row.work()
                                .carryOut(call)
                                .thenApply(outcome -> byService(by, name, outcome)));
    }

    private static Map<String, Map<String, JsonNode>> byService(
            String by, String instance, Outcome outcome) {
        return switch (outcome) {
            case Outcome.One(JsonNode json) -> Map.of(by, Map.of(instance, json));
            case Outcome.Each(var all) -> all;
        };
    }

    private HttpResponse answer(boolean aggregate, Map<String, Map<String, JsonNode>> all) {
        if (aggregate) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            all.forEach((service, answers) -> json.putObject(service).setAll(answers));
            return Answers.json(200, json);
        }
        return all.values().stream()
                .flatMap(answers -> answers.values().stream())
                .findFirst()
                .map(first -> Answers.json(200, first))
                .orElseGet(() -> Answers.json(200, error(UNKNOWN, null, nobody())));
    }

    private Duration timeout(Exchange exchange, Envelope envelope) {
        String parameter = exchange.parameter("timeout");
        String text = parameter == null ? envelope.timeout() : parameter;
        if (text == null || text.isEmpty()) {
            return timeout;
        }
        Duration wanted = Waiting.parse(text);
        return wanted.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : wanted;
    }

    private Map<String, Map<String, JsonNode>> failed(
            String service, @Nullable String instance, Problem problem) {
        return Map.of(service, Map.of(instance(instance), error(service, instance, problem)));
    }

    private ObjectNode error(String service, @Nullable String instance, Problem problem) {
        return DevOps.error(problem, service, instance(instance));
    }

    private String instance(@Nullable String named) {
        return named == null ? nodes.instance() : named;
    }

    private static String nameOf(CommandRow row) {
        return row.service() == null ? UNKNOWN : row.service().wireName();
    }

    private static Service service(String name) {
        return Service.of(name)
                .orElseThrow(() ->
                        Problem.of(503, "ask.error", "There is no service " + name + ".")
                                .describedBy(
                                        "There are gateway, connectivity, things and policies.")
                                .asException());
    }

    private static Problem nobody() {
        return Problem.of(503, "ask.error", "No node offers the service.")
                .describedBy("Look at /status/health: the nodes may be starting.");
    }

    private static Problem notAwaited() {
        return Problem.of(408, "command.timeout", "The command was sent; no answer was awaited.")
                .describedBy("That is what a timeout of 0 asks for.");
    }

    private static Problem problem(Throwable failure, Duration waited) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case ProblemException e -> e.problem();
            case TimeoutException _ -> Refusals.commandTimeout(waited);
            default -> throw new CompletionException(cause);
        };
    }
}
