package org.patchbay.cluster.subscription;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.rql.Rql;
import org.patchbay.protocol.rql.RqlFields;

/**
 * What is wanted of one kind of signals.
 *
 * @param namespaces empty for all
 */
public record Subscription(
        SignalKind kind,
        Set<String> namespaces,
        @Nullable Rql filter,
        @Nullable ExtraFields extraFields) {

    public Subscription {
        namespaces = Set.copyOf(namespaces);
    }

    /**
     * Reads what a subscriber says.
     *
     * @param filter an RQL expression
     * @param extraFields a field selector, which may hold placeholders
     * @throws org.patchbay.protocol.ProblemException where one of them can't be read
     */
    public static Subscription of(
            SignalKind kind,
            Collection<String> namespaces,
            @Nullable String filter,
            @Nullable String extraFields) {
        return new Subscription(
                kind,
                Set.copyOf(namespaces),
                filter == null ? null : Rql.parse(filter, RqlFields.SIGNAL),
                ExtraFields.of(extraFields));
    }

    boolean covers(SignalKind other, Signal signal) {
        return kind == other
                && (namespaces.isEmpty() || namespaces.contains(signal.topic().namespace()));
    }
}
