package org.patchbay.cluster.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.SignalKind;

/**
 * What the subscribers of one node want together: enough to decide whether a publication must go
 * there. Bounded, however many subscribers there are: where they differ too much, the answer gets
 * coarser and the node receives more than it hands on, never less.
 *
 * @param labels of acknowledgements that somebody on the node issues
 */
record NodeInterest(List<Row> rows, Set<String> labels) {

    static final NodeInterest NOTHING = new NodeInterest(List.of(), Set.of());

    static final int ROWS_MAX = 256;

    /** Beyond it nobody stands in for those who are not reached: their labels time out. */
    static final int LABELS_MAX = 10_000;

    /**
     * @param namespaces empty for all
     * @param subjects who must be allowed to read some of it; empty for whoever. What different
     *     subscribers' subjects may read does not add up (one's revoke would hide what the other
     *     may read), so a row never joins the subjects of two.
     */
    record Row(
            SignalKind kind,
            Set<String> namespaces,
            Set<String> subjects,
            Set<String> extraFields) {

        Row {
            namespaces = Set.copyOf(namespaces);
            subjects = Set.copyOf(subjects);
            extraFields = Set.copyOf(extraFields);
        }

        boolean covers(SignalKind published, String namespace) {
            return kind == published && (namespaces.isEmpty() || namespaces.contains(namespace));
        }

        private Row coarser(boolean keepNamespaces) {
            return new Row(kind, keepNamespaces ? namespaces : Set.of(), Set.of(), extraFields);
        }
    }

    NodeInterest {
        rows = List.copyOf(rows);
        labels = Set.copyOf(labels);
    }

    static NodeInterest of(Collection<Interest> interests) {
        return new NodeInterest(rows(interests), labels(interests));
    }

    private static Set<String> labels(Collection<Interest> interests) {
        Set<String> labels = new TreeSet<>();
        interests.forEach(interest -> labels.addAll(interest.labels()));
        return labels.size() <= LABELS_MAX ? labels : Set.of();
    }

    private static List<Row> rows(Collection<Interest> interests) {
        List<Row> rows = new ArrayList<>();
        for (Interest interest : interests) {
            for (SignalKind kind : interest.kinds()) {
                rows.add(
                        new Row(
                                kind,
                                interest.namespaces(),
                                interest.subjects(),
                                interest.extraFields()));
            }
        }
        List<Row> exact = joined(rows);
        if (exact.size() <= ROWS_MAX) {
            return exact;
        }
        List<Row> byNamespace = joined(rows.stream().map(row -> row.coarser(true)).toList());
        return byNamespace.size() <= ROWS_MAX
                ? byNamespace
                : joined(rows.stream().map(row -> row.coarser(false)).toList());
    }

    /** Rows that differ in their extra fields alone become one. */
    private static List<Row> joined(List<Row> rows) {
        record Key(SignalKind kind, Set<String> namespaces, Set<String> subjects) {}
        Map<Key, Set<String>> extraFields = new LinkedHashMap<>();
        for (Row row : rows) {
            extraFields
                    .computeIfAbsent(
                            new Key(row.kind(), row.namespaces(), row.subjects()),
                            _ -> new TreeSet<>())
                    .addAll(row.extraFields());
        }
        List<Row> joined = new ArrayList<>();
        extraFields.forEach((key, extra) ->
                joined.add(new Row(key.kind(), key.namespaces(), key.subjects(), extra)));
        return joined;
    }

    /** These rows in the form that is asked for every publication. */
    Matcher matcher() {
        return new Matcher(this);
    }

    /** The rows by kind, with their subjects ready for the policy. */
    static final class Matcher {

        private record Ready(Row row, @Nullable AuthorizationContext who) {}

        private final Map<SignalKind, List<Ready>> byKind = new EnumMap<>(SignalKind.class);

        private Matcher(NodeInterest interest) {
            for (Row row : interest.rows()) {
                AuthorizationContext who =
                        row.subjects().isEmpty()
                                ? null
                                : new AuthorizationContext(List.copyOf(row.subjects()));
                byKind.computeIfAbsent(row.kind(), _ -> new ArrayList<>()).add(new Ready(row, who));
            }
        }

        boolean wants(SignalKind kind, Publication publication) {
            List<Ready> candidates = byKind.get(kind);
            if (candidates == null) {
                return false;
            }
            String namespace = publication.signal().topic().namespace();
            for (Ready ready : candidates) {
                if (ready.row().covers(kind, namespace)
                        && (ready.who() == null || Readers.mayRead(ready.who(), publication))) {
                    return true;
                }
            }
            return false;
        }
    }
}
