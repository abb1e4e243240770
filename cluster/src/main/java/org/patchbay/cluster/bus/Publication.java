package org.patchbay.cluster.bus;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param origin where the cause entered; that connection or session gets no echo
 * @param acknowledgements who collects the acknowledgements that the signal requests, if any
 */
public record Publication(
        Signal signal,
        PolicyView readers,
        @Nullable JsonNode extra,
        @Nullable String origin,
        @Nullable ActorRef<Signal> acknowledgements)
        implements BusMessage {}
