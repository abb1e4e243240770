package org.patchbay.connectivity.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.twins.Twins;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;

/** Twins that answer as a test says; by default they agree to everything. */
final class FakeTwins implements Twins {

    final List<SignalRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Function<SignalRequest, CompletionStage<Signal>> answer =
            request -> CompletableFuture.completedFuture(agree(request));

    void answer(Function<SignalRequest, CompletionStage<Signal>> newAnswer) {
        answer = newAnswer;
    }

    static Signal agree(SignalRequest request) {
        Signal signal = request.signal();
        Headers headers = Headers.of(Map.of("response-required", "false"));
        String correlationId = signal.headers().correlationId();
        return signal.respond(
                204,
                correlationId == null ? headers : headers.withCorrelationId(correlationId),
                null);
    }

    /** As many signals as each window had. */
    final List<Integer> windows = new CopyOnWriteArrayList<>();

    /** Each as if it came alone, up to one that is to come again. */
    @Override
    public CompletionStage<SignalAnswers> ask(SignalWindow window) {
        windows.add(window.requests().size());
        CompletionStage<List<Signal>> all = CompletableFuture.completedStage(new ArrayList<>());
        for (SignalRequest request : window.requests()) {
            all =
                    all.thenCompose(before -> {
                        if (!before.isEmpty() && before.getLast().isPassingFailure()) {
                            return CompletableFuture.completedStage(before);
                        }
                        return ask(request)
                                .thenApply(next -> {
                                    before.add(next);
                                    return before;
                                });
                    });
        }
        return all.thenApply(SignalAnswers::new);
    }

    @Override
    public CompletionStage<Signal> ask(SignalRequest request) {
        requests.add(request);
        return answer.apply(request);
    }
}
