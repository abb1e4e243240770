package org.patchbay.connectivity.transport.amqp10.link;

import jakarta.jms.JMSException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A thread of its own for what may wait for the broker, one thing after the other. */
public final class Lane {

    /** A piece of work that talks to the broker. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws JMSException;
    }

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("amqp10-", 0).factory());

    /** Does the work after all that was asked for before. */
    public <T> CompletableFuture<T> run(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    result.complete(work.run());
                } catch (JMSException | RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException closed) {
            result.completeExceptionally(closed);
        }
        return result;
    }

    /** Takes nothing more, and ends what is being done. */
    public void abort() {
        thread.shutdownNow();
    }

    /** Takes nothing more; what was asked for before is done yet. */
    public void close() {
        thread.shutdown();
    }
}
