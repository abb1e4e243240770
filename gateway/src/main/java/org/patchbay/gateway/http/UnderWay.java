package org.patchbay.gateway.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * The requests that wait for their answers. When the node stops they get one, whatever they wait
 * for: Pekko would cut their connections.
 */
public final class UnderWay {

    private final Router router;
    private final Map<CompletableFuture<HttpResponse>, HttpRequest> waiting =
            new ConcurrentHashMap<>();

    public UnderWay(Router router) {
        this.router = router;
    }

    public CompletionStage<HttpResponse> route(HttpRequest request) {
        CompletableFuture<HttpResponse> answer = router.route(request).toCompletableFuture();
        if (!answer.isDone()) {
            waiting.put(answer, request);
            answer.whenComplete((_, _) -> waiting.remove(answer));
        }
        return answer;
    }

    /** Answers all requests that wait now. */
    public void stop() {
        waiting.forEach((answer, request) ->
                answer.complete(
                        Answers.correlated(
                                Answers.problem(Refusals.stopping()),
                                Exchanges.of(request).correlationId())));
    }
}
