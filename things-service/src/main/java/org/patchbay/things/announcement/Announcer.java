package org.patchbay.things.announcement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.protocol.Signal;

/**
 * Announces the deletion of a policy's subjects: some time before they expire, and when they are
 * deleted. What requests acknowledgements is repeated until they come or the grace period is over.
 */
final class Announcer {

    /** What the announcer is told. */
    sealed interface Message {}

    /**
     * The policy is now this one.
     *
     * @param before null where it is new
     * @param after null where it was deleted
     */
    record Changed(@Nullable JsonNode before, @Nullable JsonNode after) implements Message {}

    /** The policy as it was found in the store. */
    record Found(JsonNode policy) implements Message {}

    private record Due(SubjectDeletion subject) implements Message {}

    private record Again(SubjectDeletion subject) implements Message {}

    private record TimedOut(SubjectDeletion subject) implements Message {}

    private record Acknowledged(Signal ack) implements Message {}

    /** An announcement that is to be acknowledged. */
    private static final class Pending {
        private final Instant deleteAt;
        private final Instant until;
        private final Set<String> missing = new HashSet<>();
        private int attempts;

        /** Of the last attempt: an acknowledgement of an earlier one comes too late. */
        private @Nullable String correlationId;

        Pending(Instant deleteAt, Instant until) {
            this.deleteAt = deleteAt;
            this.until = until;
        }
    }

    private final TimerScheduler<Message> timers;
    private final String policyId;
    private final SignalBus bus;
    private final AnnouncementSettings settings;
    private final InstantSource clock;
    private final Map<SubjectDeletion, Pending> pending = new HashMap<>();
    private final Set<SubjectDeletion> done = new HashSet<>();
    private final ActorRef<Signal> acknowledgements;

    private Announcer(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            String policyId,
            SignalBus bus,
            AnnouncementSettings settings,
            InstantSource clock) {
        this.timers = timers;
        this.policyId = policyId;
        this.bus = bus;
        this.settings = settings;
        this.clock = clock;
        this.acknowledgements = context.messageAdapter(Signal.class, Acknowledged::new);
    }

    static Behavior<Message> create(
            String policyId, SignalBus bus, AnnouncementSettings settings, InstantSource clock) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    Announcer announcer =
                            new Announcer(context, timers, policyId, bus, settings, clock);
                    return Behaviors.receiveMessage(announcer::receive);
                }));
    }

    private Behavior<Message> receive(Message message) {
        switch (message) {
            case Found(JsonNode policy) -> plan(policy);
            case Changed(var before, var after) -> {
                if (settings.whenDeleted()) {
                    SubjectDeletions.between(before, after).forEach(this::announceDeleted);
                }
                plan(after);
            }
            case Due(var subject) -> announce(subject, subject.expiry().orElseThrow());
            case Again(var subject) -> attempt(subject);
            case TimedOut(var subject) -> repeat(subject);
            case Acknowledged(var ack) -> acknowledged(ack);
        }
        return Behaviors.same();
    }

    /** Sets a timer for each expiry that is to be announced, in place of all earlier ones. */
    private void plan(@Nullable JsonNode policy) {
        Set<SubjectDeletion> present = SubjectDeletions.in(policy);
        done.retainAll(present);
        Instant now = clock.instant();
        for (SubjectDeletion subject : present) {
            Optional<Instant> due = subject.dueBeforeExpiry(settings.granularity());
            if (due.isEmpty() || done.contains(subject) || pending.containsKey(subject)) {
                continue;
            }
            Duration wait = Duration.between(now, due.get());
            timers.startSingleTimer(
                    subject, new Due(subject), wait.isNegative() ? Duration.ZERO : wait);
        }
    }

    private void announceDeleted(SubjectDeletion subject) {
        timers.cancel(subject);
        if (!done.contains(subject) && !pending.containsKey(subject)) {
            announce(subject, clock.instant());
        }
    }

    private void announce(SubjectDeletion subject, Instant deleteAt) {
        Instant until = clock.instant().plus(settings.gracePeriod());
        pending.put(subject, new Pending(deleteAt, until));
        attempt(subject);
    }

    private void attempt(SubjectDeletion subject) {
        Pending one = pending.get(subject);
        if (one == null) {
            return;
        }
        one.attempts++;
        one.missing.clear();
        one.missing.addAll(subject.labels());
        Signal signal = subject.signal(policyId, one.deleteAt);
        one.correlationId = signal.headers().correlationId();
        ActorRef<Signal> requester = one.missing.isEmpty() ? null : acknowledgements;
        bus.publish(new Publication(signal, subject.readers(), null, null, requester));
        if (one.missing.isEmpty()) {
            finish(subject);
        } else {
            timers.startSingleTimer(
                    subject, new TimedOut(subject), subject.timeout(settings.timeoutMax()));
        }
    }

    private void acknowledged(Signal ack) {
        String correlationId = ack.headers().correlationId();
        Integer status = ack.status();
        if (correlationId == null || status == null || isWorthAnotherTry(status)) {
            return;
        }
        List<SubjectDeletion> complete = new ArrayList<>();
        pending.forEach((subject, one) -> {
            if (correlationId.equals(one.correlationId)
                    && one.missing.remove(ack.topic().action())
                    && one.missing.isEmpty()) {
                complete.add(subject);
            }
        });
        complete.forEach(this::finish);
    }

    private static boolean isWorthAnotherTry(int status) {
        return status >= 500 || status == 408 || status == 424;
    }

    private void repeat(SubjectDeletion subject) {
        Pending one = pending.get(subject);
        if (one == null) {
            return;
        }
        Duration pause = settings.pause(one.attempts, ThreadLocalRandom.current().nextDouble());
        if (clock.instant().plus(pause).isAfter(one.until)) {
            finish(subject);
        } else {
            timers.startSingleTimer(subject, new Again(subject), pause);
        }
    }

    private void finish(SubjectDeletion subject) {
        timers.cancel(subject);
        pending.remove(subject);
        done.add(subject);
    }
}
