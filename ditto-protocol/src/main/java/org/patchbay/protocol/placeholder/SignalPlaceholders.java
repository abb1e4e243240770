package org.patchbay.protocol.placeholder;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ChangedThing;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * The placeholders of one message on its way through a connection; {@code Family} is the table of
 * them. Used by one thread.
 */
public final class SignalPlaceholders implements Placeholders {

    /**
     * What belongs to the connection rather than to the message.
     *
     * @param sourceAddress where an inbound message came in
     * @param subjectId who acts; without it the signal's originator
     */
    public record Surroundings(
            @Nullable String connectionId,
            @Nullable String sourceAddress,
            @Nullable String subjectId,
            InstantSource clock) {

        public static final Surroundings NONE =
                new Surroundings(null, null, null, InstantSource.system());

        public static Surroundings of(String connectionId) {
            return new Surroundings(connectionId, null, null, InstantSource.system());
        }

        public Surroundings from(String newSourceAddress, @Nullable String newSubjectId) {
            return new Surroundings(connectionId, newSourceAddress, newSubjectId, clock);
        }
    }

    private final Scope scope;
    private final @Nullable Signal signal;
    private final Headers headers;
    private final Surroundings surroundings;
    private @Nullable JsonNode changed;

    private SignalPlaceholders(
            Scope scope, @Nullable Signal signal, Headers headers, Surroundings surroundings) {
        this.scope = scope;
        this.signal = signal;
        this.headers = headers;
        this.surroundings = surroundings;
    }

    /** For a signal that leaves: {@code header:} means its own headers. */
    public static SignalPlaceholders outbound(Signal signal, Surroundings surroundings) {
        return new SignalPlaceholders(Scope.TARGET, signal, signal.headers(), surroundings);
    }

    /**
     * For a message that comes in.
     *
     * @param signal what it was mapped to; null before the mapping
     * @param headers of the broker's message: what {@code header:} means
     */
    public static SignalPlaceholders inbound(
            Scope scope, @Nullable Signal signal, Headers headers, Surroundings surroundings) {
        return new SignalPlaceholders(scope, signal, headers, surroundings);
    }

    /** The same message elsewhere: {@link Scope#MAPPING} for a mapper's options and conditions. */
    public SignalPlaceholders in(Scope newScope) {
        return new SignalPlaceholders(newScope, signal, headers, surroundings);
    }

    @Override
    public @Nullable List<String> values(String family, String name) {
        return values(new Reference(family, name));
    }

    @Override
    public @Nullable List<String> values(Reference reference) {
        Family family = scope.family(reference);
        return family == null ? null : family.values(this, reference);
    }

    @Nullable Signal signal() {
        return signal;
    }

    Headers headers() {
        return headers;
    }

    @Nullable String connectionId() {
        return surroundings.connectionId();
    }

    @Nullable String sourceAddress() {
        return surroundings.sourceAddress();
    }

    @Nullable String subjectId() {
        String subject = surroundings.subjectId();
        return subject != null || signal == null
                ? subject
                : signal.headers().get(HeaderDefinition.ORIGINATOR);
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    /** The thing as far as its event shows it: extra fields, and over them what changed. */
    @Nullable JsonNode changed() {
        if (changed == null && signal != null && ChangedThing.isEvent(signal)) {
            changed = ChangedThing.of(signal);
        }
        return changed;
    }
}
