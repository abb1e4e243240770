package org.patchbay.connectivity.client.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.inbound.InboundPath;
import org.patchbay.connectivity.path.outbound.OutboundPath;
import org.patchbay.connectivity.transport.TransportClient;

/** One link over its life: connect, subscribe, flow, and an end in order or at once. */
public final class Link {

    private final TransportClient client;
    private final PathContext context;
    private final LinkWatch watch;
    private volatile @Nullable InboundPath inbound;
    private volatile boolean over;

    public Link(TransportClient client, PathContext context, LinkWatch watch) {
        this.client = client;
        this.context = context;
        this.watch = watch;
    }

    /** How it is, in words, while it is there. */
    public String state() {
        return watch.state();
    }

    /** Which way its tunnel leads; null while that is not open, or where there is none. */
    public @Nullable String tunnel() {
        return watch.tunnel();
    }

    /**
     * Connects, makes the interest known and then consumes, so that whatever is consumed finds its
     * answers a way out.
     *
     * @param interest completes when nothing on the bus is missed any more
     * @return completes when all sources are subscribed
     */
    public CompletionStage<Done> open(Supplier<CompletionStage<Done>> interest) {
        return client.connect()
                .thenCompose(_ -> interest.get())
                .thenCompose(_ -> {
                    if (over) {
                        return CompletableFuture.completedFuture(Done.getInstance());
                    }
                    context.publisher().linkUp(client);
                    InboundPath path = InboundPath.start(context, client);
                    inbound = path;
                    return path.subscribed();
                });
    }

    /** Completes or fails when a source's stream ends. */
    public CompletionStage<Done> ended() {
        InboundPath path = inbound;
        return path == null ? new CompletableFuture<>() : path.ended();
    }

    /** Ends it at once, for it is lost or was never made. */
    public void abandon() {
        over = true;
        context.publisher().linkDown();
        InboundPath path = inbound;
        if (path != null) {
            path.stop();
        }
        client.close();
    }

    /**
     * Lets what is under way be settled and published, within the timeout, and ends it.
     *
     * @param outbound closed already
     */
    public CompletionStage<Done> close(OutboundPath outbound, Duration timeout) {
        over = true;
        InboundPath path = inbound;
        CompletionStage<Done> drained =
                path == null
                        ? CompletableFuture.completedFuture(Done.getInstance())
                        : path.drain().thenCombine(outbound.ended(), (done, _) -> done);
        return within(timeout, drained)
                .thenCompose(_ -> {
                    if (path != null) {
                        path.stop();
                    }
                    return within(timeout, client.close());
                });
    }

    private static CompletionStage<Done> within(Duration timeout, CompletionStage<Done> stage) {
        return stage.toCompletableFuture()
                .copy()
                .completeOnTimeout(Done.getInstance(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> Done.getInstance());
    }
}
