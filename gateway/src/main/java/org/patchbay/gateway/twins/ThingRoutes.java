package org.patchbay.gateway.twins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Handler;
import org.patchbay.gateway.http.MediaTypes;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/** {@code /api/2/things}: a thing and every place in it. */
public final class ThingRoutes {

    private static final String BASE = "/api/2/things";
    private static final String THING = BASE + "/{thingId}";

    /** {@code api/2/things/<id>} come before the place in the thing. */
    private static final int PLACE = 4;

    private final Twins twins;
    private final GatewayConfig.Timeout timeout;
    private final String defaultNamespace;
    private final MediaTypes json;
    private final MediaTypes mergePatch = MediaTypes.only(MediaTypes.MERGE_PATCH);

    public ThingRoutes(Twins twins, GatewayConfig config) {
        this.twins = twins;
        this.timeout = config.commands();
        this.defaultNamespace = config.defaultNamespace();
        this.json = MediaTypes.json(config.http().jsonMediaTypes());
    }

    public List<Route> routes() {
        return List.of(
                Route.at(BASE, Audience.API).get(this::retrieveSeveral).post(this::create),
                everything(THING),
                readable(THING + "/policyId"),
                everything(THING + "/definition"),
                everything(THING + "/attributes/**"),
                everything(THING + "/features"),
                everything(THING + "/features/{featureId}"),
                everything(THING + "/features/{featureId}/definition"),
                everything(THING + "/features/{featureId}/properties/**"),
                everything(THING + "/features/{featureId}/desiredProperties/**"));
    }

    private Route readable(String pattern) {
        return Route.at(pattern, Audience.API)
                .get(without("retrieve"))
                .put(with("modify", json))
                .patch(with("merge", mergePatch));
    }

    private Route everything(String pattern) {
        return readable(pattern).delete(without("delete"));
    }

    private Handler without(String action) {
        return exchange -> send(exchange, action, null);
    }

    private Handler with(String action, MediaTypes accepted) {
        return exchange -> {
            accepted.check(exchange);
            JsonNode value =
                    place(exchange).isRoot()
                            ? exchange.json()
                            : Json.parse(exchange.body().toArrayUnsafe());
            return send(exchange, action, value);
        };
    }

    private CompletionStage<HttpResponse> send(
            Exchange exchange, String action, @Nullable JsonNode value) {
        Waiting waiting = Waiting.of(exchange, timeout);
        String id = exchange.variable("thingId");
        Signal signal =
                SignalReader.command(
                        exchange, Group.THINGS, id, action, place(exchange), value, waiting);
        return twins.send(exchange, signal, waiting, exchange.request().getUri().getPathString());
    }

    private static JsonPointer place(Exchange exchange) {
        return Exchange.pointer(exchange.segmentsFrom(PLACE));
    }

    /** Creates a thing under an id that is made up here. */
    private CompletionStage<HttpResponse> create(Exchange exchange) {
        json.check(exchange);
        JsonNode value = exchange.json();
        String namespace = exchange.parameter("namespace");
        String id = (namespace == null ? defaultNamespace : namespace) + ":" + UUID.randomUUID();
        Waiting waiting = Waiting.of(exchange, timeout);
        Signal signal =
                SignalReader.command(
                        exchange, Group.THINGS, id, "create", JsonPointer.ROOT, value, waiting);
        return twins.send(exchange, signal, waiting, BASE + "/" + id);
    }

    /**
     * The things of the given ids, in their order; what is not there or not to be seen is left out.
     */
    private CompletionStage<HttpResponse> retrieveSeveral(Exchange exchange) {
        String ids = exchange.parameter("ids");
        if (ids == null || ids.isBlank()) {
            throw SignalReader.idInvalid(Group.THINGS, "").asException();
        }
        Waiting waiting = Waiting.of(exchange, timeout);
        List<CompletableFuture<Signal>> answers = new ArrayList<>();
        List<Signal> commands =
                Arrays.stream(ids.split(","))
                        .map(id -> retrieval(exchange, id.strip(), waiting))
                        .toList();
        for (Signal command : commands) {
            answers.add(
                    twins.ask(exchange, command, null, waiting.timeout()).toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> Answers.json(200, found(answers)));
    }

    private static Signal retrieval(Exchange exchange, String id, Waiting waiting) {
        return SignalReader.command(
                exchange, Group.THINGS, id, "retrieve", JsonPointer.ROOT, null, waiting);
    }

    private static ArrayNode found(List<CompletableFuture<Signal>> answers) {
        ArrayNode things = JsonNodeFactory.instance.arrayNode();
        for (CompletableFuture<Signal> answer : answers) {
            Signal signal = answer.join();
            if (!signal.isError() && signal.value() != null) {
                things.add(signal.value());
            }
        }
        return things;
    }
}
