package org.patchbay.cluster.bus;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.patchbay.cluster.bus.NodeInterest.Row;
import org.patchbay.protocol.SignalKind;

/** Which extra fields some nodes want with a signal; asked for every publication. */
final class WantedExtra {

    private static final int CACHED_MAX = 1_000;

    private record Asked(SignalKind kind, String namespace) {}

    private final List<Row> rows;
    private final Map<Asked, Set<String>> fields = new ConcurrentHashMap<>();

    private WantedExtra(List<Row> rows) {
        this.rows = rows;
    }

    static WantedExtra of(Collection<NodeInterest> interests) {
        return new WantedExtra(
                interests.stream()
                        .flatMap(interest -> interest.rows().stream())
                        .filter(row -> !row.extraFields().isEmpty())
                        .toList());
    }

    Set<String> fields(SignalKind kind, String namespace) {
        if (rows.isEmpty()) {
            return Set.of();
        }
        if (fields.size() > CACHED_MAX) {
            fields.clear();
        }
        return fields.computeIfAbsent(new Asked(kind, namespace), this::collect);
    }

    private Set<String> collect(Asked asked) {
        Set<String> all = new TreeSet<>();
        for (Row row : rows) {
            if (row.covers(asked.kind(), asked.namespace())) {
                all.addAll(row.extraFields());
            }
        }
        return Set.copyOf(all);
    }
}
