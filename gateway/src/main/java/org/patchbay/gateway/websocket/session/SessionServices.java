package org.patchbay.gateway.websocket.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.cluster.twins.Twins;
import org.patchbay.gateway.authentication.Authentication;

/**
 * What all sessions of a node use.
 *
 * @param twins by how long they have to answer
 */
public record SessionServices(
        SignalBus bus,
        Function<Duration, Twins> twins,
        AckLabels labels,
        Authentication authentication,
        InstantSource clock) {

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
