package org.patchbay.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
 * Reads request bodies, up to a limit and within a time. A body that is refused is still taken in
 * for a while, and thrown away: a server that stops reading may cut the connection before its
 * answer is seen.
 */
public final class Bodies {

    private static final long DROPPED_BYTES_MAX = 16L << 20;
    private static final Duration DROPPED_TIME_MAX = Duration.ofSeconds(10);

    private final ActorSystem<?> system;
    private final long bytesMax;
    private final Duration timeout;

    public Bodies(ActorSystem<?> system, long bytesMax, Duration timeout) {
        this.system = system;
        this.bytesMax = bytesMax;
        this.timeout = timeout;
    }

    /** Takes in what comes, until it is too much. */
    private final class Intake {
        private final CompletableFuture<ByteString> body = new CompletableFuture<>();
        private final ByteStringBuilder builder = new ByteStringBuilder();
        private long size;

        void take(ByteString part) {
            size += part.length();
            if (size > bytesMax) {
                builder.clear();
                body.completeExceptionally(Refusals.bodyTooLarge(bytesMax).asException());
            } else {
                builder.append(part);
            }
        }

        void end(@Nullable Throwable failure) {
            if (failure == null) {
                body.complete(builder.result());
            } else {
                body.completeExceptionally(failure);
            }
        }
    }

    /** The whole body; one that is too large fails at once, before it has arrived. */
    CompletionStage<ByteString> read(HttpRequest request) {
        RequestEntity entity = request.entity();
        if (entity.getContentLengthOption().orElse(0) > bytesMax) {
            return CompletableFuture.failedFuture(Refusals.bodyTooLarge(bytesMax).asException());
        }
        if (entity instanceof HttpEntity.Strict strict) {
            return CompletableFuture.completedFuture(strict.getData());
        }
        Intake intake = new Intake();
        letIn(entity, Sink.foreach(intake::take), timeout.plus(DROPPED_TIME_MAX))
                .whenComplete((_, failure) -> intake.end(failure));
        return intake.body
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw explained(failure);
                });
    }

    /** Lets a body go by that nobody wants. */
    void drop(HttpRequest request) {
        if (!request.entity().isStrict()) {
            letIn(request.entity(), Sink.ignore(), DROPPED_TIME_MAX);
        }
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
