package org.patchbay.things.thing;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.policy.PolicyView;

/**
 * Who waits for answers to what a thing has published: live responses and acknowledgements come in
 * anywhere, and the thing is where they find their requester, by correlation id. Kept in memory as
 * long as anybody may wait.
 */
final class Requesters {

    private static final int MAX = 1_000;
    private static final Duration LIFE = Duration.ofSeconds(60);

    /**
     * @param readers the policy's view when the signal was published
     */
    private record Waiting(ActorRef<Signal> requester, PolicyView readers, Instant until) {}

    /** The one that was published longest ago comes first. */
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

    void remember(SignalRequest request, PolicyView readers, Instant now) {
        ActorRef<Signal> requester = request.acknowledgements();
        String correlationId = request.signal().headers().correlationId();
        if (requester != null && correlationId != null) {
            forgetThoseBefore(now);
            byCorrelationId.remove(correlationId);
            byCorrelationId.put(correlationId, new Waiting(requester, readers, now.plus(LIFE)));
        }
    }

    private void forgetThoseBefore(Instant now) {
        Iterator<Waiting> eldest = byCorrelationId.values().iterator();
        while (eldest.hasNext() && eldest.next().until().isBefore(now)) {
            eldest.remove();
        }
    }

    /**
     * Hands an answer to its requester; false where nobody waits for it.
     *
     * @param mayAnswer whether the sender may, by the policy's view when the signal was published
     */
    boolean deliver(Signal answer, Predicate<PolicyView> mayAnswer, Instant now) {
        @Nullable String correlationId = answer.headers().correlationId();
        Waiting waiting = correlationId == null ? null : byCorrelationId.get(correlationId);
        if (waiting == null
                || waiting.until().isBefore(now)
                || !mayAnswer.test(waiting.readers())) {
            return false;
        }
        waiting.requester().tell(answer);
        return true;
    }
}
