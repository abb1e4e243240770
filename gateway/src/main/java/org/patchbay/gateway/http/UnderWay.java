package org.patchbay.gateway.http;

import java.util.Set;
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
    private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** Equal to itself only. */
    private static final class Pending {
        private final HttpRequest request;
        private final CompletableFuture<HttpResponse> answer;

        Pending(HttpRequest request, CompletableFuture<HttpResponse> answer) {
            this.request = request;
            this.answer = answer;
        }

        void refuse() {
            answer.complete(
                    Answers.correlated(
                            Answers.problem(Refusals.stopping()),
                            Exchanges.of(request).correlationId()));
        }
    }

    public UnderWay(Router router) {
        this.router = router;
    }

    public CompletionStage<HttpResponse> route(HttpRequest request) {
        CompletableFuture<HttpResponse> answer = router.route(request).toCompletableFuture();
        if (!answer.isDone()) {
            Pending one = new Pending(request, answer);
            pending.add(one);
            answer.whenComplete((_, _) -> pending.remove(one));
            if (stopped) {
                one.refuse();
            }
        }
        return answer;
    }

    /** Answers all requests that wait now, and from now on none waits. */
    public void stop() {
        stopped = true;
        pending.forEach(Pending::refuse);
    }
}
