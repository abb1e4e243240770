package org.patchbay.connectivity.transport.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.http.message.NoOutcome;
import org.patchbay.connectivity.transport.http.message.Redirects;
import org.patchbay.connectivity.transport.http.wire.Lane;
import org.patchbay.connectivity.transport.http.wire.Origin;
import org.patchbay.connectivity.transport.http.wire.Request;
import org.patchbay.connectivity.transport.http.wire.Response;
import org.patchbay.connectivity.transport.http.wire.Way;

/**
 * The way of one request to its answer: authenticated, sent once more where the credentials can be
 * renewed, and sent on to where the endpoint redirects to. Credentials go to the connection's own
 * origin only.
 */
final class Exchange {

    private static final int SEE_OTHER = 303;
    private static final int UNAUTHORIZED = 401;

    private final Authentication authentication;
    private final Origin own;
    private final Way elsewhere;
    private final int redirectsMax;

    /**
     * @param own whom the credentials are for
     * @param elsewhere the way to other origins
     */
    Exchange(Authentication authentication, Origin own, Way elsewhere, int redirectsMax) {
        this.authentication = authentication;
        this.own = own;
        this.elsewhere = elsewhere;
        this.redirectsMax = redirectsMax;
    }

    /**
     * Answers a request for our own origin.
     *
     * @param lane that leads there
     */
    CompletionStage<Response> send(Lane lane, Request request) {
        return step(lane, request, redirectsMax);
    }

    private CompletionStage<Response> step(Lane lane, Request request, int redirects) {
        CompletionStage<Response> answered =
                request.origin().equals(own)
                        ? authenticated(lane, request)
                        : sentElsewhere(request);
        return answered.thenCompose(response -> {
            @Nullable Request next = redirects == 0 ? null : Redirects.next(request, response);
            if (next == null) {
                return CompletableFuture.completedFuture(response);
            }
            CompletionStage<Response> followed = step(lane, next, redirects - 1);
            return response.status() == SEE_OTHER
                    ? followed.exceptionallyCompose(thrown ->
                            CompletableFuture.failedFuture(new NoOutcome(request, next, thrown)))
                    : followed;
        });
    }

    private CompletionStage<Response> authenticated(Lane lane, Request request) {
        return authentication
                .applied(request)
                .thenCompose(shown ->
                        lane.send(shown)
                                .thenCompose(response ->
                                        response.status() == UNAUTHORIZED
                                                        && authentication.renew(shown)
                                                ? authentication
                                                        .applied(request)
                                                        .thenCompose(lane::send)
                                                : CompletableFuture.completedFuture(response)));
    }

    private CompletionStage<Response> sentElsewhere(Request request) {
        Lane lane = new Lane(elsewhere, request.origin());
        return lane.send(request).whenComplete((_, _) -> lane.close());
    }
}
