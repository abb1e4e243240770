package org.patchbay.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.gateway.authentication.Admission;
import org.patchbay.gateway.authentication.Authentication;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request through: find its route, authenticate, read the body, handle. Whatever fails on
 * the way is answered as a JSON error, and every answer carries the correlation id.
 */
public final class Router {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final Set<String> VERSIONED = Set.of("api", "ws");
    private static final Set<String> WITH_BODY = Set.of("PUT", "POST", "PATCH");

    private final List<Route> routes;
    private final Authentication authentication;
    private final Bodies bodies;

    /**
     * @param routes the first that matches counts
     */
    public Router(List<Route> routes, Authentication authentication, Bodies bodies) {
        this.routes = List.copyOf(routes);
        this.authentication = authentication;
        this.bodies = bodies;
    }

    /** Never fails. */
    public CompletionStage<HttpResponse> route(HttpRequest request) {
        Exchange exchange;
        try {
            exchange = Exchanges.of(request);
        } catch (RuntimeException e) {
            // What Pekko parses lazily: a query that can't be decoded, for one.
            HttpResponse refusal =
                    Answers.problem(Refusals.uriInvalid(String.valueOf(e.getMessage())));
            return bodies.drop(request).thenApply(_ -> refusal);
        }
        return attempt(exchange)
                .exceptionally(failure -> failed(exchange, failure))
                .thenApply(answer -> Answers.correlated(answer, exchange.correlationId()));
    }

    private CompletionStage<HttpResponse> attempt(Exchange exchange) {
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(exchange.segments());
            if (variables.isPresent()) {
                if (exchange.request().method().equals(HttpMethods.OPTIONS)) {
                    HttpResponse answer = allowing(route, Answers.empty(204));
                    return bodies.drop(exchange.request()).thenApply(_ -> answer);
                }
                return authentication
                        .authenticate(route.audience(), exchange.headers(), exchange.peer())
                        .thenCompose(
                                admission -> admit(route, variables.get(), exchange, admission));
            }
        }
        return refuse(exchange, notFound(exchange).asException());
    }

    /** Fails, once the body is out of the way. */
    private <T> CompletionStage<T> refuse(Exchange exchange, Throwable refusal) {
        return bodies.drop(exchange.request())
                .thenCompose(_ -> CompletableFuture.failedFuture(refusal));
    }

    private static Problem notFound(Exchange exchange) {
        List<String> segments = exchange.segments();
        boolean otherVersion =
                segments.size() > 1
                        && VERSIONED.contains(segments.getFirst())
                        && !segments.get(1).equals("2");
        return otherVersion
                ? Refusals.apiVersionNotSupported(segments.get(1))
                : Refusals.routeNotFound(exchange.request().getUri().getPathString());
    }

    private CompletionStage<HttpResponse> admit(
            Route route, Map<String, String> variables, Exchange exchange, Admission admission) {
        return switch (admission) {
            case Admission.Refused refused ->
                    bodies.drop(exchange.request()).thenApply(_ -> Answers.refused(refused));
            case Admission.Admitted(var identity) ->
                    enter(
                            route,
                            exchange.at(
                                    variables,
                                    identity,
                                    authentication.withClaims(exchange.headers(), identity)));
        };
    }

    private CompletionStage<HttpResponse> enter(Route route, Exchange exchange) {
        String method = exchange.request().method().name();
        Handler handler = route.methods().get(method);
        if (handler == null) {
            HttpResponse refusal =
                    allowing(
                            route,
                            Answers.problem(Refusals.methodNotAllowed(method, route.allowed())));
            return bodies.drop(exchange.request()).thenApply(_ -> refusal);
        }
        if (!WITH_BODY.contains(method)) {
            return bodies.drop(exchange.request()).thenCompose(_ -> handler.handle(exchange));
        }
        return bodies.read(exchange.request())
                .thenCompose(body -> handler.handle(exchange.withBody(body)));
    }

    private static HttpResponse allowing(Route route, HttpResponse answer) {
        return answer.addHeader(Answers.header("Allow", String.join(", ", route.allowed())));
    }

    private HttpResponse failed(Exchange exchange, Throwable failure) {
        return switch (cause(failure)) {
            case ProblemException e -> Answers.problem(e.problem());
            case Throwable unexpected -> {
                LOG.atError()
                        .setCause(unexpected)
                        .addKeyValue("correlation-id", exchange.correlationId())
                        .addKeyValue("method", exchange.request().method().name())
                        .addKeyValue("path", exchange.request().getUri().getPathString())
                        .log("A request failed unexpectedly.");
                yield Answers.problem(Problems.internal(exchange.correlationId()));
            }
        };
    }

    private static Throwable cause(Throwable failure) {
        Throwable at = failure;
        while (at instanceof CompletionException && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
