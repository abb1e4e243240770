package org.patchbay.cluster;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;

/**
 * A signal on its way to a twin or onto the bus, with what must not be forged by its sender.
 *
 * @param by on whose behalf it is sent
 * @param origin where it entered: a connection's id or a session's; it gets no echo of what it
 *     causes
 * @param acknowledgements who collects the acknowledgements that the signal requests, if any
 */
public record SignalRequest(
        Signal signal,
        AuthorizationContext by,
        @Nullable String origin,
        @Nullable ActorRef<Signal> acknowledgements) {}
