package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.devops.Service;

/**
 * A command to be carried out.
 *
 * @param service named by the request; empty where it is left to the target
 * @param instance the only node that is to carry it out; null for any
 * @param timeout how long an answer is waited for
 */
record Call(
        Envelope envelope,
        Optional<Service> service,
        @Nullable String instance,
        Duration timeout,
        String correlationId) {

    JsonNode command() {
        return envelope.command();
    }

    String target() {
        return envelope.target();
    }
}
