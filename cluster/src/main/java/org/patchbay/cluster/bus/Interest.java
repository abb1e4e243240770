package org.patchbay.cluster.bus;

import java.util.Set;
import org.patchbay.protocol.SignalKind;

/**
 * What a subscriber wants to be handed.
 *
 * @param subjects its authorization subjects; it gets what one of them may read
 * @param namespaces empty for all
 * @param extraFields fields of the thing that the twin attaches for it, as field selector texts
 */
public record Interest(
        Set<SignalKind> kinds,
        Set<String> subjects,
        Set<String> namespaces,
        Set<String> extraFields) {

    public Interest {
        kinds = Set.copyOf(kinds);
        subjects = Set.copyOf(subjects);
        namespaces = Set.copyOf(namespaces);
        extraFields = Set.copyOf(extraFields);
    }
}
