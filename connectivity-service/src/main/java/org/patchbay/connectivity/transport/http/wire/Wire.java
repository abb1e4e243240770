package org.patchbay.connectivity.transport.http.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ClientTransport;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.endpoint.Unreachable;

/**
 * One connection, over which one request goes after the other. It ends when the other side ends it,
 * when an answer takes too long or is too long, and when it is closed.
 */
final class Wire {

    /** Who does not like our certificate says so within this time, others say nothing. */
    private static final Duration SECOND_THOUGHTS = Duration.ofMillis(300);

    private final Way way;
    private final Origin origin;
    private final Bytes bytes;
    private final BoundedSourceQueue<HttpRequest> requests;

    /** Of the request that is under way; done where there is none. */
    private volatile CompletableFuture<HttpResponse> awaited =
            CompletableFuture.failedFuture(new IllegalStateException("Nothing is under way."));

    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private volatile boolean ended;
    private volatile @Nullable Cancellable rest;
    private volatile Duration idleMax;

    private Wire(Way way, Origin origin, Bytes bytes) {
        this.way = way;
        this.origin = origin;
        this.bytes = bytes;
        this.idleMax = way.settings().idleTimeout();
        ActorSystem<?> system = way.context().system();
        var running =
                Source.<HttpRequest>queue(1)
                        .via(
                                Http.get(system)
                                        .connectionTo(origin.bracketed())
                                        .toPort(origin.port())
                                        .withClientConnectionSettings(
                                                Messages.settings(system, way.context())
                                                        .withTransport(bytes))
                                        .http())
                        .toMat(
                                Sink.<HttpResponse>foreach(answer -> awaited.complete(answer)),
                                Keep.both())
                        .run(system);
        this.requests = running.first();
        running.second().whenComplete((_, thrown) -> ended(thrown));
    }

    /** One that begins to connect, and to be secured where the origin is a secure one. */
    static Wire to(Way way, Origin origin, ClientTransport transport) {
        return new Wire(
                way,
                origin,
                new Bytes(transport, origin.isSecure() ? () -> way.engine(origin) : null));
    }

    /**
     * Completes with it when that is done.
     *
     * @param limit after which it is given up
     */
    CompletionStage<Wire> open(Duration limit) {
        TimeoutException late =
                new TimeoutException("no connection within " + limit.toMillis() + " ms");
        Cancellable timer = after(limit, () -> bytes.abort(late));
        return bytes.ready()
                .thenApply(_ -> this)
                .whenComplete((_, thrown) -> {
                    timer.cancel();
                    if (thrown != null) {
                        ended = true;
                        bytes.abort(thrown);
                    }
                });
    }

    private Cancellable after(Duration pause, Runnable work) {
        ActorSystem<?> system = way.context().system();
        return system.scheduler().scheduleOnce(pause, work, system.executionContext());
    }

    private void ended(@Nullable Throwable thrown) {
        ended = true;
        Throwable why =
                thrown == null ? new IllegalStateException("it was closed by the peer") : thrown;
        bytes.ready().completeExceptionally(why);
        awaited.completeExceptionally(why);
        end.complete(why);
    }

    /**
     * Completes when it is as good as sure that the other side lets us in: with TLS 1.3 it may say
     * so after we are ready, or not at all. Fails with what it says instead.
     */
    CompletionStage<Wire> afterSecondThoughts() {
        if (!bytes.maySayNoLater()) {
            return CompletableFuture.completedFuture(this);
        }
        CompletableFuture<Wire> content = new CompletableFuture<>();
        Cancellable timer = after(SECOND_THOUGHTS, () -> content.complete(this));
        end.thenAccept(why -> {
            timer.cancel();
            content.completeExceptionally(why);
        });
        return content;
    }

    /** Whether a further request may go over it. */
    boolean isOpen() {
        return !ended;
    }

    /**
     * Sends a request, when the one before has been answered; fails with {@link NoResponse}.
     *
     * @param limit for the whole answer
     */
    CompletionStage<Response> exchange(Request request, Duration limit) {
        boolean gone = !endRest();
        long before = bytes.written();
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        awaited = answer;
        if (gone
                || requests.offer(Messages.of(request, way)) != QueueOfferResult.enqueued()
                || ended) {
            ended = true;
            answer.completeExceptionally(new IllegalStateException("it was closed by the peer"));
        }
        TimeoutException tooSlow = new TimeoutException("no answer in time");
        Cancellable timer = after(limit, () -> bytes.abort(tooSlow));
        return answer.thenCompose(this::read)
                .handle((response, thrown) -> {
                    timer.cancel();
                    if (thrown == null) {
                        return CompletableFuture.completedFuture(response);
                    }
                    Throwable why = Unreachable.unwrapped(thrown);
                    close();
                    return CompletableFuture.<Response>failedFuture(
                            why == tooSlow
                                    ? NoResponse.tooSlow(origin, limit.toMillis())
                                    : NoResponse.lost(
                                            bytes.written() > before, way.failure(origin, why)));
                })
                .thenCompose(result -> result);
    }

    private CompletionStage<Response> read(HttpResponse answer) {
        Duration keepAlive = Messages.keepAlive(answer);
        if (keepAlive != null && keepAlive.compareTo(idleMax) < 0) {
            idleMax = keepAlive;
        }
        boolean last = Messages.isLast(answer);
        int most = way.settings().responseMaxBytes();
        return Messages.read(answer, most, way.context().system())
                .thenApply(response -> {
                    if (response.cut() || last || idleMax.isZero()) {
                        close();
                    } else {
                        beginRest();
                    }
                    return response;
                });
    }

    /** Nothing is under way from now on: if that stays so for too long, it is closed. */
    void beginRest() {
        rest = after(idleMax, this::close);
    }

    /**
     * Whether a request may still go over it: not where it is being closed just now, which would
     * cut the request.
     */
    private boolean endRest() {
        Cancellable resting = rest;
        return resting == null || resting.cancel();
    }

    /** Ends it, with what is under way. */
    void close() {
        ended = true;
        endRest();
        bytes.abort(new IllegalStateException("the connection was closed"));
    }
}
