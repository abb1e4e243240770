package org.patchbay.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies, up to a limit and within a time. A body that is refused is taken in first
 * and thrown away, for a while: an answer before the end of its request has the connection closed
 * behind it, and a sender that still writes then may never see it.
 */
public final class Bodies {

    private static final long DROPPED_BYTES_MAX = 16L << 20;

    /** How long a refusal waits for the rest of a body. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration DROPPED_TIME_MAX = Duration.ofSeconds(10);
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);

    private final ActorSystem<?> system;
    private final long bytesMax;
    private final Duration timeout;

    public Bodies(ActorSystem<?> system, long bytesMax, Duration timeout) {
        this.system = system;
        this.bytesMax = bytesMax;
        this.timeout = timeout;
    }

    /** Takes in what comes; what is too much is let go by. */
    private final class Intake {
        private final CompletableFuture<ByteString> body = new CompletableFuture<>();
        private final ByteStringBuilder builder = new ByteStringBuilder();
        private long size;

        void take(ByteString part) {
            boolean fitted = size <= bytesMax;
            size += part.length();
            if (size <= bytesMax) {
                builder.append(part);
            } else if (fitted) {
                builder.clear();
                LATER.execute(this::refuse);
            }
        }

        void end(@Nullable Throwable failure) {
            if (size > bytesMax) {
                refuse();
            } else if (failure == null) {
                body.complete(builder.result());
            } else {
                body.completeExceptionally(failure);
            }
        }

        private void refuse() {
            body.completeExceptionally(Refusals.bodyTooLarge(bytesMax).asException());
        }
    }

    /** The whole body; one that is announced as too large is not collected. */
    CompletionStage<ByteString> read(HttpRequest request) {
        RequestEntity entity = request.entity();
        if (entity.getContentLengthOption().orElse(0) > bytesMax) {
            return drop(request)
                    .thenCompose(_ ->
                            CompletableFuture.failedFuture(
                                    Refusals.bodyTooLarge(bytesMax).asException()));
        }
        if (entity instanceof HttpEntity.Strict strict) {
            return CompletableFuture.completedFuture(strict.getData());
        }
        Intake intake = new Intake();
        letIn(entity, Sink.foreach(intake::take), timeout.plus(PATIENCE))
                .whenComplete((_, failure) -> intake.end(failure));
        return intake.body
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw explained(failure);
                });
    }

    /**
     * Lets a body go by that nobody wants; completes, and never fails, when an answer may be given.
     * A sender that asks before it sends is told by the answer that it need not.
     */
    public CompletionStage<Done> drop(HttpRequest request) {
        if (request.entity().isStrict() || request.getHeader("Expect").isPresent()) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        return letIn(request.entity(), Sink.ignore(), DROPPED_TIME_MAX)
                .exceptionally(_ -> Done.getInstance())
                .toCompletableFuture()
                .completeOnTimeout(Done.getInstance(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletionStage<Done> letIn(
            RequestEntity entity, Sink<ByteString, CompletionStage<Done>> sink, Duration limit) {
        return entity.withSizeLimit(DROPPED_BYTES_MAX)
                .getDataBytes()
                .completionTimeout(limit)
                .runWith(sink, system);
    }

    private RuntimeException explained(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case EntityStreamSizeException _ -> Refusals.bodyTooLarge(bytesMax).asException();
            case TimeoutException _ -> Refusals.bodyTooSlow(timeout).asException();
            case EntityStreamException e ->
                    Refusals.uriInvalid("its body is broken off or malformed: " + e.getMessage())
                            .asException();
            case RuntimeException e -> e;
            case Throwable other -> new CompletionException(other);
        };
    }
}
