package org.patchbay.gateway.twins;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Handler;
import org.patchbay.gateway.http.MediaTypes;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/** {@code /api/2/policies}: a policy and every place in it. */
public final class PolicyRoutes {

    private static final String BASE = "/api/2/policies";
    private static final String POLICY = BASE + "/{policyId}";
    private static final String ENTRY = POLICY + "/entries/{label}";
    private static final String IMPORT = POLICY + "/imports/{imported}";

    /** {@code api/2/policies/<id>} come before the place in the policy. */
    private static final int PLACE = 4;

    /**
     * {@code entries/<label>/resources} come before the name of a resource or subject, which may
     * hold slashes.
     */
    private static final int NAME = 3;

    private final Twins twins;
    private final GatewayConfig.Timeout timeout;
    private final String defaultNamespace;
    private final MediaTypes json;

    public PolicyRoutes(Twins twins, GatewayConfig config) {
        this.twins = twins;
        this.timeout = config.commands();
        this.defaultNamespace = config.defaultNamespace();
        this.json = MediaTypes.json(config.http().jsonMediaTypes());
    }

    public List<Route> routes() {
        return List.of(
                Route.at(BASE, Audience.API).post(this::create),
                tokenIntegration(POLICY + "/actions/activateTokenIntegration"),
                tokenIntegration(POLICY + "/actions/deactivateTokenIntegration"),
                tokenIntegration(ENTRY + "/actions/activateTokenIntegration"),
                tokenIntegration(ENTRY + "/actions/deactivateTokenIntegration"),
                deletable(POLICY, PolicyRoutes::place),
                modifiable(POLICY + "/entries", PolicyRoutes::place),
                deletable(ENTRY, PolicyRoutes::place),
                modifiable(ENTRY + "/subjects", PolicyRoutes::place),
                deletable(ENTRY + "/subjects/**", PolicyRoutes::named),
                modifiable(ENTRY + "/resources", PolicyRoutes::place),
                deletable(ENTRY + "/resources/**", PolicyRoutes::named),
                modifiable(ENTRY + "/importable", PolicyRoutes::place),
                deletable(ENTRY + "/namespaces", PolicyRoutes::place),
                deletable(ENTRY + "/allowedAdditions", PolicyRoutes::place),
                deletable(ENTRY + "/references", PolicyRoutes::place),
                deletable(POLICY + "/imports", PolicyRoutes::place),
                deletable(IMPORT, PolicyRoutes::place),
                deletable(IMPORT + "/entries", PolicyRoutes::place),
                deletable(IMPORT + "/entriesAdditions", PolicyRoutes::place));
    }

    /** Would integrate the subjects of a token, which policies don't do here. */
    private static Route tokenIntegration(String pattern) {
        Handler refusal =
                _ ->
                        CompletableFuture.failedFuture(
                                Problem.of(
                                                400,
                                                "policies:action.failed",
                                                "The subjects of a token can't be integrated here.")
                                        .describedBy(
                                                "Name the subject in the policy instead; whoami"
                                                        + " tells those of a token.")
                                        .asException());
        return Route.at(pattern, Audience.API).get(refusal).post(refusal);
    }

    private Route modifiable(String pattern, Function<Exchange, JsonPointer> where) {
        return Route.at(pattern, Audience.API)
                .get(exchange -> send(exchange, "retrieve", where.apply(exchange), null))
                .put(modification(where));
    }

    private Route deletable(String pattern, Function<Exchange, JsonPointer> where) {
        return modifiable(pattern, where)
                .delete(exchange -> send(exchange, "delete", where.apply(exchange), null));
    }

    private Handler modification(Function<Exchange, JsonPointer> where) {
        return exchange -> {
            json.check(exchange);
            JsonPointer place = where.apply(exchange);
            JsonNode value =
                    place.isRoot() ? exchange.json() : Json.parse(exchange.body().toArrayUnsafe());
            return send(exchange, "modify", place, value);
        };
    }

    private CompletionStage<HttpResponse> send(
            Exchange exchange, String action, JsonPointer place, @Nullable JsonNode value) {
        Waiting waiting = Waiting.of(exchange, timeout);
        Signal signal =
                SignalReader.command(
                        exchange,
                        Group.POLICIES,
                        exchange.variable("policyId"),
                        action,
                        place,
                        value,
                        waiting);
        return twins.send(exchange, signal, waiting, exchange.request().getUri().getPathString());
    }

    /** Creates a policy under an id that is made up here. */
    private CompletionStage<HttpResponse> create(Exchange exchange) {
        json.check(exchange);
        JsonNode value = exchange.json();
        String namespace = exchange.parameter("namespace");
        String id = (namespace == null ? defaultNamespace : namespace) + ":" + UUID.randomUUID();
        Waiting waiting = Waiting.of(exchange, timeout);
        Signal signal =
                SignalReader.command(
                        exchange, Group.POLICIES, id, "create", JsonPointer.ROOT, value, waiting);
        return twins.send(exchange, signal, waiting, BASE + "/" + id);
    }

    private static JsonPointer place(Exchange exchange) {
        return Exchange.pointer(exchange.segmentsFrom(PLACE));
    }

    /**
     * What follows {@code resources} or {@code subjects} is one name: {@code thing:/attributes/a}.
     */
    private static JsonPointer named(Exchange exchange) {
        List<String> place = exchange.segmentsFrom(PLACE);
        List<String> segments = new ArrayList<>(place.subList(0, NAME));
        segments.add(String.join("/", place.subList(NAME, place.size())));
        return new JsonPointer(segments);
    }
}
