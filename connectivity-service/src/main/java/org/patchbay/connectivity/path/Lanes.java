package org.patchbay.connectivity.path;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Runs work for one key after the other and for different keys side by side. Holds a key only while
 * work for it is under way, so it is as bounded as what is in flight.
 */
public final class Lanes {

    private final Map<String, CompletableFuture<?>> tails = new HashMap<>();

    /** Starts the work when all earlier work for the key is over, however that ended. */
    public <T> CompletionStage<T> run(String key, Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<?> before;
        synchronized (tails) {
            before = tails.put(key, mine);
        }
        if (before == null) {
            start(key, work, mine);
        } else {
            before.whenComplete((_, _) -> start(key, work, mine));
        }
        return mine;
    }

    /** How many keys have work under way. */
    public int size() {
        synchronized (tails) {
            return tails.size();
        }
    }

    private <T> void start(
            String key, Supplier<CompletionStage<T>> work, CompletableFuture<T> mine) {
        CompletionStage<T> running;
        try {
            running = work.get();
        } catch (Throwable e) { // An Error, too, must not hold up the lane for ever.
            running = CompletableFuture.failedFuture(e);
        }
        running.whenComplete((result, failure) -> {
            synchronized (tails) {
                tails.remove(key, mine);
            }
            if (failure == null) {
                mine.complete(result);
            } else {
                mine.completeExceptionally(failure);
            }
        });
    }
}
