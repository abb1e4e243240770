package org.patchbay.things.thing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;

/**
 * Who waits for answers to what a thing has published: live responses and acknowledgements come in
 * anywhere, and the thing is where they find their requester, by correlation id. Kept in memory as
 * long as anybody may wait.
 */
final class Requesters {

    private static final int MAX = 1_000;
    private static final Duration LIFE = Duration.ofSeconds(60);

    private record Waiting(ActorRef<Signal> requester, Instant until) {}

    private final Map<String, Waiting> byCorrelationId =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
                    return size() > MAX;
                }
            };

    /** Whether a signal answers another one, instead of asking for something. */
    static boolean isAnswer(Signal signal) {
        return signal.topic().criterion() == Criterion.ACKS
                || signal.isResponse() && signal.topic().channel() == Channel.LIVE;
    }

    void remember(SignalRequest request, Instant now) {
        ActorRef<Signal> requester = request.acknowledgements();
        String correlationId = request.signal().headers().correlationId();
        if (requester != null && correlationId != null) {
            byCorrelationId.values().removeIf(waiting -> waiting.until().isBefore(now));
            byCorrelationId.put(correlationId, new Waiting(requester, now.plus(LIFE)));
        }
    }

    /** Hands an answer to its requester; false where nobody waits for it. */
    boolean deliver(Signal answer, Instant now) {
        @Nullable String correlationId = answer.headers().correlationId();
        Waiting waiting = correlationId == null ? null : byCorrelationId.get(correlationId);
        if (waiting == null || waiting.until().isBefore(now)) {
            return false;
        }
        waiting.requester().tell(answer);
        return true;
    }
}
