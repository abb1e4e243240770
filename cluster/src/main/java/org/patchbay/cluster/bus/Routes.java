package org.patchbay.cluster.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.cluster.bus.NodeInterest.Matcher;
import org.patchbay.cluster.bus.NodeInterest.Row;
import org.patchbay.protocol.SignalKind;

/**
 * Where publications go, as this node knows it now; publishers read it without asking the bus
 * actor.
 */
final class Routes {

    static final Routes NONE = new Routes(LocalSubscribers.NONE, NodeInterest.NOTHING, Map.of());

    private static final int CACHED_MAX = 1_000;

    private record Remote(ActorRef<BusMessage> node, Matcher matcher, Set<String> labels) {}

    private record Asked(SignalKind kind, String namespace) {}

    private final LocalSubscribers local;
    private final List<Remote> remotes = new ArrayList<>();
    private final List<Row> rowsWithExtra = new ArrayList<>();
    private final Map<Asked, Set<String>> extraFields = new ConcurrentHashMap<>();

    Routes(
            LocalSubscribers local,
            NodeInterest own,
            Map<ActorRef<BusMessage>, NodeInterest> others) {
        this.local = local;
        others.forEach((node, interest) ->
                remotes.add(new Remote(node, interest.matcher(), interest.labels())));
        addRowsWithExtra(own);
        others.values().forEach(this::addRowsWithExtra);
    }

    void publish(SignalKind kind, Publication publication) {
        local.deliver(kind, publication);
        for (Remote remote : remotes) {
            if (remote.matcher().wants(kind, publication)) {
                remote.node().tell(publication);
            } else {
                WeakAcks.issue(publication, remote.labels()::contains);
            }
        }
    }

    /** To the subscribers of this node alone. */
    void deliver(SignalKind kind, Publication publication) {
        local.deliver(kind, publication);
    }

    Set<String> wantedExtraFields(SignalKind kind, String namespace) {
        if (rowsWithExtra.isEmpty()) {
            return Set.of();
        }
        if (extraFields.size() > CACHED_MAX) {
            extraFields.clear();
        }
        return extraFields.computeIfAbsent(new Asked(kind, namespace), this::collect);
    }

    private Set<String> collect(Asked asked) {
        Set<String> fields = new TreeSet<>();
        for (Row row : rowsWithExtra) {
            if (row.covers(asked.kind(), asked.namespace())) {
                fields.addAll(row.extraFields());
            }
        }
        return Set.copyOf(fields);
    }

    private void addRowsWithExtra(NodeInterest interest) {
        interest.rows().stream()
                .filter(row -> !row.extraFields().isEmpty())
                .forEach(rowsWithExtra::add);
    }
}
