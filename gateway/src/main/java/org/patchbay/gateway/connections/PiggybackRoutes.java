package org.patchbay.gateway.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;

/**
 * {@code /devops/piggyback}: the operator's commands in an envelope {@code {targetActorSelection,
 * headers, piggybackCommand}}. What is wrong with the envelope is an HTTP error; what is wrong with
 * the command in it stands in an envelope of its own, with status 200.
 */
public final class PiggybackRoutes {

    private static final String BASE = "/devops/piggyback";
    private static final String CONNECTIVITY = "connectivity";
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

    private final PiggybackCommands commands;
    private final Duration timeout;
    private final String instance;

    private record Envelope(String target, JsonNode headers, JsonNode command) {}

    public PiggybackRoutes(ActorSystem<?> system, GatewayConfig config) {
        this.commands = new PiggybackCommands(new Connections(system));
        this.timeout = config.commands().max();
        this.instance = system.address().getHost().orElse(system.name());
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
        Envelope envelope = envelope(exchange.json());
        String service = exchange.variables().getOrDefault("service", CONNECTIVITY);
        boolean aggregate = envelope.headers().path("aggregate").asBoolean(true);
        return attempt(service, envelope, timeout(exchange, envelope))
                .thenApply(answer -> wrapped(service, aggregate, answer));
    }

    /** The answer, or the envelope of what is wrong with the command. */
    private CompletionStage<JsonNode> attempt(String service, Envelope envelope, Duration waited) {
        try {
            return carryOut(service, envelope, waited)
                    .exceptionally(failure -> error(service, problem(failure)));
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(error(service, e.problem()));
        }
    }

    private CompletionStage<JsonNode> carryOut(String service, Envelope envelope, Duration waited) {
        JsonNode type = envelope.command().path("type");
        PiggybackCommands.Known known = type.isTextual() ? commands.find(type.textValue()) : null;
        if (known == null) {
            throw Problem.of(
                            400,
                            "json.type.notparsable",
                            "There is no command of the type " + type + ".")
                    .describedBy(
                            "Check the field 'type' of the piggybackCommand; it begins with connectivity.commands:"
                                    + " in most cases.")
                    .asException();
        }
        if (!service.equals(CONNECTIVITY) || !known.target().equals(envelope.target())) {
            throw noActor(service, envelope.target(), known.target()).asException();
        }
        return known.row().carryOut(envelope.command(), waited);
    }

    private static Problem noActor(String service, String target, String right) {
        return Problem.of(
                        503,
                        "ask.error",
                        "Nothing at "
                                + target
                                + " of the service "
                                + service
                                + " answers this command.")
                .describedBy(
                        "Send it to the service "
                                + CONNECTIVITY
                                + ", targetActorSelection "
                                + right
                                + ".");
    }

    private Duration timeout(Exchange exchange, Envelope envelope) {
        String parameter = exchange.parameter("timeout");
        JsonNode header = envelope.headers().path("timeout");
        String text = parameter == null ? header.asText("") : parameter;
        if (text.isEmpty()) {
            return timeout;
        }
        Duration wanted = Waiting.parse(text);
        if (wanted.isZero()) {
            return timeout;
        }
        return wanted.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : wanted;
    }

    private HttpResponse wrapped(String service, boolean aggregate, JsonNode answer) {
        if (!aggregate) {
            return Answers.json(200, answer);
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putObject(service).set(instance, answer);
        return Answers.json(200, all);
    }

    private ObjectNode error(String service, Problem problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "devops.responses:errorResponse");
        json.put("status", problem.status());
        json.put("serviceName", service);
        json.put("instance", instance);
        json.set("payload", problem.toJson());
        return json;
    }

    private static Problem problem(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof ProblemException e) {
            return e.problem();
        }
        throw new CompletionException(cause);
    }

    private static Envelope envelope(JsonNode json) {
        if (!json.isObject()) {
            throw Problems.jsonFormatInvalid("/", "an object").asException();
        }
        JsonNode target = required(json, "targetActorSelection");
        if (!target.isTextual()) {
            throw Problems.jsonFormatInvalid("/targetActorSelection", "a text").asException();
        }
        return new Envelope(
                target.textValue(), object(json, "headers"), object(json, "piggybackCommand"));
    }

    private static JsonNode object(JsonNode json, String field) {
        JsonNode value = required(json, field);
        if (!value.isObject()) {
            throw Problems.jsonFormatInvalid("/" + field, "an object").asException();
        }
        return value;
    }

    private static JsonNode required(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null) {
            throw Problems.jsonFieldMissing("/" + field).asException();
        }
        return value;
    }
}
