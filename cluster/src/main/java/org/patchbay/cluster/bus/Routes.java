package org.patchbay.cluster.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.cluster.bus.NodeInterest.Matcher;
import org.patchbay.protocol.SignalKind;

/**
 * Where publications go, as this node knows it now; publishers read it without asking the bus
 * actor.
 */
final class Routes {

    static final Routes NONE = new Routes(LocalSubscribers.NONE, NodeInterest.NOTHING, Map.of());

    private record Remote(
            ActorRef<BusMessage> node, Matcher matcher, Set<String> labels, WantedExtra extra) {}

    private final LocalSubscribers local;
    private final List<Remote> remotes = new ArrayList<>();
    private final WantedExtra extra;

    Routes(
            LocalSubscribers local,
            NodeInterest own,
            Map<ActorRef<BusMessage>, NodeInterest> others) {
        this.local = local;
        others.forEach((node, interest) ->
                remotes.add(
                        new Remote(
                                node,
                                interest.matcher(),
                                interest.labels(),
                                WantedExtra.of(List.of(interest)))));
        List<NodeInterest> all = new ArrayList<>(others.values());
        all.add(own);
        this.extra = WantedExtra.of(all);
    }

    void publish(SignalKind kind, Publication publication) {
        local.deliver(kind, publication);
        for (Remote remote : remotes) {
            if (remote.matcher().wants(kind, publication)) {
                String namespace = publication.signal().topic().namespace();
                remote.node().tell(publication.forWho(remote.extra().fields(kind, namespace)));
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
        return extra.fields(kind, namespace);
    }
}
