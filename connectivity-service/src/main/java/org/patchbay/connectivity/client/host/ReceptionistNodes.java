package org.patchbay.connectivity.client.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/** The nodes whose {@link ClientHost} the receptionist knows. */
public final class ReceptionistNodes implements ClientNodes {

    private record Watch(ActorRef<Changed> watcher) {}

    private record Gone(ActorRef<Changed> watcher) {}

    private final ActorRef<Object> actor;
    private volatile Known known = new Known(Map.of(), Set.of());

    private ReceptionistNodes(ActorContext<?> parent, ActorRef<HostMessage> own) {
        actor = parent.spawn(watching(own), "clientNodes");
    }

    /**
     * @param parent whose child watches the receptionist
     * @param own the host of this node
     */
    public static ClientNodes start(ActorContext<?> parent, ActorRef<HostMessage> own) {
        return new ReceptionistNodes(parent, own);
    }

    @Override
    public Known known() {
        return known;
    }

    @Override
    public void watch(ActorRef<Changed> watcher) {
        actor.tell(new Watch(watcher));
    }

    private Behavior<Object> watching(ActorRef<HostMessage> own) {
        return Behaviors.setup(context -> {
            ActorRef<Object> self = context.getSelf();
            context.getSystem()
                    .receptionist()
                    .tell(Receptionist.subscribe(ClientHost.KEY, self.narrow()));
            Set<ActorRef<Changed>> watchers = new HashSet<>();
            return Behaviors.receive(Object.class)
                    .onMessage(
                            Receptionist.Listing.class,
                            listing -> {
                                Known before = known;
                                known = read(listing, own);
                                if (!known.equals(before)) {
                                    watchers.forEach(one -> one.tell(new Changed()));
                                }
                                return Behaviors.same();
                            })
                    .onMessage(
                            Watch.class,
                            watch -> {
                                context.watchWith(watch.watcher(), new Gone(watch.watcher()));
                                watchers.add(watch.watcher());
                                // Whatever has changed since it looked at the nodes.
                                watch.watcher().tell(new Changed());
                                return Behaviors.same();
                            })
                    .onMessage(
                            Gone.class,
                            gone -> {
                                watchers.remove(gone.watcher());
                                return Behaviors.same();
                            })
                    .build();
        });
    }

    private static Known read(Receptionist.Listing listing, ActorRef<HostMessage> own) {
        Map<String, ActorRef<HostMessage>> all =
                byName(listing.getAllServiceInstances(ClientHost.KEY), own);
        return new Known(all, byName(listing.getServiceInstances(ClientHost.KEY), own).keySet());
    }

    private static Map<String, ActorRef<HostMessage>> byName(
            Collection<ActorRef<HostMessage>> hosts, ActorRef<HostMessage> own) {
        Map<String, ActorRef<HostMessage>> others = new HashMap<>();
        for (ActorRef<HostMessage> host : hosts) {
            if (!host.equals(own)) {
                others.put(host.path().address().toString(), host);
            }
        }
        return others;
    }
}
