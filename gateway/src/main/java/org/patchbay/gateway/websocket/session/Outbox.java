package org.patchbay.gateway.websocket.session;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;

/**
 * What waits for the client. Bounded: when it is full the client is too slow. Whatever waits when
 * it is closed is still sent, and then the last words.
 */
public final class Outbox {

    /** A message to the client; signals are written when it is their turn. */
    private record Outgoing(@Nullable Signal signal, @Nullable String text) {

        String written() {
            return signal == null ? String.valueOf(text) : Json.write(Envelope.write(signal));
        }
    }

    private final int max;
    private final AtomicReference<@Nullable BoundedSourceQueue<Outgoing>> queue =
            new AtomicReference<>();
    private volatile boolean closed;
    private final AtomicReference<@Nullable Signal> lastWords = new AtomicReference<>();

    public Outbox(int max) {
        this.max = max;
    }

    int max() {
        return max;
    }

    /** The messages, in order; to be run once. */
    public Source<String, NotUsed> messages() {
        return Source.<Outgoing>queue(max)
                .mapMaterializedValue(made -> {
                    queue.set(made);
                    if (closed) {
                        made.complete();
                    }
                    return NotUsed.getInstance();
                })
                .map(Outgoing::written)
                .concatLazy(Source.lazySource(this::last));
    }

    /** False where there is no room. */
    boolean offer(Signal signal) {
        return offer(new Outgoing(signal, null));
    }

    boolean offer(String text) {
        return offer(new Outgoing(null, text));
    }

    /** Takes nothing more; idempotent. */
    void close(@Nullable Signal word) {
        lastWords.compareAndSet(null, word);
        closed = true;
        BoundedSourceQueue<Outgoing> open = queue.get();
        if (open != null && !open.isCompleted()) {
            open.complete();
        }
    }

    private boolean offer(Outgoing message) {
        BoundedSourceQueue<Outgoing> open = queue.get();
        return open == null || !open.offer(message).equals(QueueOfferResult.dropped());
    }

    private Source<String, NotUsed> last() {
        Signal word = lastWords.get();
        return word == null ? Source.empty() : Source.single(Json.write(Envelope.write(word)));
    }
}
