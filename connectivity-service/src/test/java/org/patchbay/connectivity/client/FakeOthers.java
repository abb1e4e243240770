package org.patchbay.connectivity.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TakeResponse;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.path.OtherConnections;

/** Other connections that take responses as a test says; by default all of them. */
final class FakeOthers implements OtherConnections {

    record Offer(String id, TakeResponse response) {}

    final List<Offer> offers = new CopyOnWriteArrayList<>();
    private volatile Function<Offer, CompletionStage<ConnectionReply>> answer =
            _ -> CompletableFuture.completedFuture(new ConnectionReply.Done());

    void answer(Function<Offer, CompletionStage<ConnectionReply>> newAnswer) {
        answer = newAnswer;
    }

    @Override
    public CompletionStage<ConnectionReply> ask(String id, TakeResponse response) {
        Offer offer = new Offer(id, response);
        offers.add(offer);
        return answer.apply(offer);
    }
}
