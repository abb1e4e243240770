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
 * @param labels of acknowledgements that the subscriber issues; where a signal that requests one
 *     does not reach it, a weak one is given in its place
 * @param origin the subscriber as {@link Publication#origin()} names it; it gets no echo of what it
 *     caused
 */
public record Interest(
        Set<SignalKind> kinds,
        Set<String> subjects,
        Set<String> namespaces,
        Set<String> extraFields,
        Set<String> labels,
        @Nullable String origin) {

    public Interest {
        kinds = Set.copyOf(kinds);
        subjects = Set.copyOf(subjects);
        namespaces = Set.copyOf(namespaces);
        extraFields = Set.copyOf(extraFields);
        labels = Set.copyOf(labels);
    }

    /** An interest of who issues no acknowledgements. */
    public Interest(
            Set<SignalKind> kinds,
            Set<String> subjects,
            Set<String> namespaces,
            Set<String> extraFields,
            @Nullable String origin) {
        this(kinds, subjects, namespaces, extraFields, Set.of(), origin);
    }

    /** The same interest of one who issues these. */
    public Interest withLabels(Set<String> issued) {
        return new Interest(kinds, subjects, namespaces, extraFields, issued, origin);
    }

    /** An interest that gets echoes. */
    public Interest(
            Set<SignalKind> kinds,
            Set<String> subjects,
            Set<String> namespaces,
            Set<String> extraFields) {
        this(kinds, subjects, namespaces, extraFields, Set.of(), null);
    }
}
