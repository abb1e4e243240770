package org.patchbay.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/** Reads request bodies, up to a limit and within a time. */
public final class Bodies {

    /**
     * So much of a body that nobody reads is still taken in, so that its sender gets to see the
     * answer.
     */
    private static final long DROPPED_BYTES_MAX = 16L << 20;

    private final ActorSystem<?> system;
    private final long bytesMax;
    private final Duration timeout;

    public Bodies(ActorSystem<?> system, long bytesMax, Duration timeout) {
        this.system = system;
        this.bytesMax = bytesMax;
        this.timeout = timeout;
    }

    /** The whole body; one that is too large fails at once, before it has arrived. */
    CompletionStage<ByteString> read(HttpRequest request) {
        RequestEntity entity = request.entity();
        if (entity.getContentLengthOption().orElse(0) > bytesMax) {
            return CompletableFuture.failedFuture(Refusals.bodyTooLarge(bytesMax).asException());
        }
        return entity.withSizeLimit(bytesMax)
                .toStrict(timeout.toMillis(), bytesMax, system)
                .handle((strict, failure) -> {
                    if (failure != null) {
                        throw explained(failure);
                    }
                    return strict.getData();
                });
    }

    /** Lets a body go by that nobody wants. */
    void drop(HttpRequest request) {
        if (!request.entity().isStrict()) {
            request.entity()
                    .withSizeLimit(DROPPED_BYTES_MAX)
                    .getDataBytes()
                    .runWith(Sink.ignore(), system);
        }
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
