package org.patchbay.cluster.bus;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.SignalKind;

/**
 * What a subscriber wants to be handed.
 *
 * @param subjects its authorization subjects; it gets what they may read some of
 * @param namespaces empty for all
 * @param extraFields fields of the thing that the twin attaches for it, as field selector texts
 * @param origin the subscriber as {@link Publication#origin()} names it; it gets no echo of what it
 *     caused
 */
public record Interest(
        Set<SignalKind> kinds,
        Set<String> subjects,
        Set<String> namespaces,
        Set<String> extraFields,
        @Nullable String origin) {

    public Interest {
        kinds = Set.copyOf(kinds);
        subjects = Set.copyOf(subjects);
        namespaces = Set.copyOf(namespaces);
        extraFields = Set.copyOf(extraFields);
    }

    /** An interest that gets echoes. */
    public Interest(
            Set<SignalKind> kinds,
            Set<String> subjects,
            Set<String> namespaces,
            Set<String> extraFields) {
        this(kinds, subjects, namespaces, extraFields, null);
    }
}
