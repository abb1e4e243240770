package org.patchbay.connectivity.transport.kafka.consuming;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.endpoint.Unreachable;

/** The stream of one consumer of a source, fed by its poll loop. */
public final class Consumption implements PollLoop.Taker {

    private final int unsettledMax;
    private final PollLoop loop;
    private final Function<Exception, Failure> explain;
    private final Consumer<Failure> lost;
    private final CompletableFuture<Done> granted = new CompletableFuture<>();
    private final CompletableFuture<Done> over = new CompletableFuture<>();
    private @Nullable BoundedSourceQueue<Handed> queue;
    private @Nullable UniqueKillSwitch stop;
    private @Nullable Failure failure;
    private boolean started;
    private boolean closed;

    /**
     * @param loop made for what takes its messages
     * @param explain why the loop ended, in words
     * @param lost told where it ends by itself after messages could come
     */
    public Consumption(
            int unsettledMax,
            Function<PollLoop.Taker, PollLoop> loop,
            Function<Exception, Failure> explain,
            Consumer<Failure> lost) {
        this.unsettledMax = unsettledMax;
        this.explain = explain;
        this.lost = lost;
        this.loop = loop.apply(this);
    }

    /**
     * @param allowed asked when the stream runs, before the group is joined
     */
    public Source<Inbound, CompletionStage<Done>> stream(Supplier<CompletionStage<Done>> allowed) {
        return Source.<Handed>queue(unsettledMax)
                .viaMat(KillSwitches.single(), Keep.both())
                .filter(handed -> handed.begins().getAsBoolean())
                .map(Handed::message)
                .watchTermination((running, done) -> {
                    done.whenComplete((_, _) -> loop.rest(true));
                    return running;
                })
                .mapMaterializedValue(running -> {
                    opened(running);
                    allowed.get()
                            .whenComplete((_, refused) -> {
                                if (refused == null) {
                                    start();
                                } else {
                                    refused(Unreachable.unwrapped(refused));
                                }
                            });
                    return granted;
                });
    }

    private synchronized void opened(Pair<BoundedSourceQueue<Handed>, UniqueKillSwitch> running) {
        queue = running.first();
        stop = running.second();
        end();
    }

    private synchronized void start() {
        if (closed || failure != null) {
            over.complete(Done.getInstance());
        } else {
            started = true;
            Thread.ofPlatform().daemon().name("kafka-consumer-", 0).start(loop);
        }
    }

    @Override
    public boolean offer(Handed handed) {
        BoundedSourceQueue<Handed> running = queue();
        return running != null && running.offer(handed) == QueueOfferResult.enqueued();
    }

    private synchronized @Nullable BoundedSourceQueue<Handed> queue() {
        return queue;
    }

    @Override
    public void granted() {
        granted.complete(Done.getInstance());
    }

    private void refused(Throwable why) {
        ended(why instanceof Exception exception ? exception : new IllegalStateException(why));
    }

    @Override
    public void ended(@Nullable Exception why) {
        over.complete(Done.getInstance());
        if (why == null) {
            return;
        }
        Failure explained = explain.apply(why);
        if (granted.completeExceptionally(explained)) {
            fail(explained);
        } else {
            lost.accept(explained);
        }
    }

    /** Ends the stream, with what is still in it: it comes again. */
    public void fail(Failure why) {
        synchronized (this) {
            failure = failure == null ? why : failure;
            end();
        }
        loop.close();
    }

    /** As {@link #fail}, without failing; completes when the group is left. */
    public synchronized CompletionStage<Done> close() {
        closed = true;
        end();
        loop.close();
        if (!started) {
            over.complete(Done.getInstance());
        }
        return over;
    }

    private void end() {
        if (stop == null) {
            return;
        }
        if (failure != null) {
            stop.abort(failure);
        } else if (closed) {
            stop.shutdown();
        }
    }

    public Map<MetricName, ? extends Metric> metrics() {
        return loop.metrics();
    }
}
