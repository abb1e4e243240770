package org.patchbay.connectivity.client.host;

import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** The other nodes that run clients. */
public interface ClientNodes {

    /** The name that the node itself goes by. */
    String HERE = "";

    /**
     * The other nodes, as far as this one knows.
     *
     * @param hosts what runs clients there, by the name of the node; a node that can't be reached
     *     for a moment is among them, for its clients go on
     * @param reachable the names of those that can be given a client now
     */
    record Known(Map<String, ActorRef<HostMessage>> hosts, Set<String> reachable) {

        public Known {
            hosts = Map.copyOf(hosts);
            reachable = Set.copyOf(reachable);
        }
    }

    /** Nodes have come or gone, or may have. */
    record Changed() {}

    /** Where there is no other node, and never will be one. */
    ClientNodes NONE =
            new ClientNodes() {
                @Override
                public Known known() {
                    return new Known(Map.of(), Set.of());
                }

                @Override
                public void watch(ActorRef<Changed> watcher) {}
            };

    Known known();

    /**
     * Tells an actor of changes for as long as it is there, and once at first, for there may have
     * been one since it asked for those known.
     */
    void watch(ActorRef<Changed> watcher);
}
