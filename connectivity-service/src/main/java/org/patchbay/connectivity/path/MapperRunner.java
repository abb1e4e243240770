package org.patchbay.connectivity.path;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a chain of mappers by one thread at a time and in order: at once where they are quick, on
 * threads for blocking work where they run scripts. As bounded as those who call it.
 */
public final class MapperRunner {

    private final MapperChain chain;
    private final @Nullable Executor scripts;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /** The mappers of these ids for one source or target; scripts run on threads of their own. */
    public static MapperRunner of(PathContext context, List<String> names) {
        var chain = new MapperChain(context.mappings().mappers(context.connection(), names));
        boolean blocking = context.mappings().blocking(context.connection(), names);
        return new MapperRunner(chain, blocking ? context.scripts() : null);
    }

    /**
     * @param scripts null where the mappers are quick
     */
    private MapperRunner(MapperChain chain, @Nullable Executor scripts) {
        this.chain = chain;
        this.scripts = scripts;
    }

    public synchronized <T> CompletionStage<T> run(Function<MapperChain, T> mapping) {
        if (scripts == null) {
            // In a stage, so that whatever is thrown fails it and not the caller.
            return CompletableFuture.completedFuture(chain).thenApply(mapping);
        }
        try {
            CompletableFuture<T> next = last.handleAsync((_, _) -> mapping.apply(chain), scripts);
            last = next;
            return next;
        } catch (RejectedExecutionException e) {
            // The node is stopping; the message fails, not the stream of all of them.
            return CompletableFuture.failedFuture(e);
        }
    }
}
