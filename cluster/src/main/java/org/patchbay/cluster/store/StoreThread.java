package org.patchbay.cluster.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread and one connection to the store beside those of the journal: what is done here is done
 * one after the other and never takes a connection from an entity.
 */
final class StoreThread {

    private static final Logger LOG = LoggerFactory.getLogger(StoreThread.class);

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final StoreSettings settings;
    private final ScheduledExecutorService thread;
    private @Nullable Connection connection;

    StoreThread(String name, StoreSettings settings) {
        this.settings = settings;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(work -> {
                    Thread made = new Thread(work, name);
                    made.setDaemon(true);
                    return made;
                });
    }

    <T> CompletionStage<T> run(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> complete(result, work));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    /** Does it again and again; a failure is told and does not end it. */
    void every(long pauseMs, String what, Work<?> work) {
        thread.scheduleWithFixedDelay(
                () ->
                        run(work)
                                .exceptionally(failure -> {
                                    LOG.atWarn().setCause(failure).log(what);
                                    return null;
                                }),
                pauseMs,
                pauseMs,
                TimeUnit.MILLISECONDS);
    }

    void close() {
        thread.execute(this::disconnect);
        thread.shutdown();
    }

    private <T> void complete(CompletableFuture<T> result, Work<T> work) {
        try {
            result.complete(work.on(connection()));
        } catch (SQLException | RuntimeException e) {
            disconnect();
            result.completeExceptionally(e);
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = settings.connect();
        }
        return connection;
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("A side connection to the store did not close cleanly");
        }
        connection = null;
    }
}
