package org.patchbay.things.announcement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.SignalBus;

/** The announcer of one policy, started when there is something to announce: most have nothing. */
public final class Announcements {

    private final ActorContext<?> parent;
    private final String policyId;
    private final SignalBus bus;
    private final AnnouncementSettings settings;
    private final InstantSource clock;
    private @Nullable ActorRef<Announcer.Message> announcer;

    public Announcements(
            ActorContext<?> parent,
            String policyId,
            SignalBus bus,
            AnnouncementSettings settings,
            InstantSource clock) {
        this.parent = parent;
        this.policyId = policyId;
        this.bus = bus;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The policy was found in the store.
     *
     * @param policy null where there is none
     */
    public void found(@Nullable JsonNode policy) {
        if (policy != null && isNeeded(policy)) {
            announcer().tell(new Announcer.Found(policy));
        }
    }

    /**
     * The policy has changed.
     *
     * @param before null where it is new
     * @param after null where it was deleted
     */
    public void changed(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (announcer != null || isNeeded(before) || isNeeded(after)) {
            announcer().tell(new Announcer.Changed(before, after));
        }
    }

    private static boolean isNeeded(@Nullable JsonNode policy) {
        return !SubjectDeletions.in(policy).isEmpty();
    }

    private ActorRef<Announcer.Message> announcer() {
        if (announcer == null) {
            announcer = parent.spawn(Announcer.create(policyId, bus, settings, clock), "announcer");
        }
        return announcer;
    }
}
