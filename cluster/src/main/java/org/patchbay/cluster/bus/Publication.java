package org.patchbay.cluster.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.policy.PolicyView;

/**
 * A signal on the bus.
 *
 * @param readers who may read which part of it: subscribers ask this, not the policy
 * @param extra those fields of the thing, as of this signal, that some subscriber wants; a deleted
 *     thing's last ones
 * @param attached which of the extra fields that subscribers want were looked at, as field selector
 *     texts; null where that is not said: then all that is wanted, if there are extra fields at all
 * @param origin where the cause entered; that connection or session gets no echo
 * @param acknowledgements who collects the acknowledgements that the signal requests, if any
 */
public record Publication(
        Signal signal,
        PolicyView readers,
        @Nullable JsonNode extra,
        @Nullable Set<String> attached,
        @Nullable String origin,
        @Nullable ActorRef<Signal> acknowledgements)
        implements BusMessage {

    public Publication {
        attached = attached == null ? null : Set.copyOf(attached);
    }

    public Publication(
            Signal signal,
            PolicyView readers,
            @Nullable JsonNode extra,
            @Nullable String origin,
            @Nullable ActorRef<Signal> acknowledgements) {
        this(signal, readers, extra, null, origin, acknowledgements);
    }

    /** Whether these extra fields can be had: they were attached, or the thing has none of them. */
    public boolean knows(String extraFields) {
        return attached == null ? extra != null : attached.contains(extraFields);
    }

    /** The same for who wants these extra fields and no others. */
    Publication forWho(Set<String> wants) {
        if (attached == null) {
            return this;
        }
        if (wants.isEmpty()) {
            return new Publication(signal, readers, null, null, origin, acknowledgements);
        }
        if (wants.equals(attached)) {
            return this;
        }
        Set<String> known = new HashSet<>(wants);
        known.retainAll(attached);
        return new Publication(signal, readers, extra, known, origin, acknowledgements);
    }
}
