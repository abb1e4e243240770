package org.patchbay.cluster.namespace;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.SubscribeResponse;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.UpdateResponse;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

/**
 * Keeps a node's view of the blocked namespaces. A block that is lifted stays as one that has
 * ended: what is removed could come back from a node that did not hear of it.
 */
final class BlockedNamespacesActor {

    static final String NAME = "blockedNamespaces";

    private static final Key<LWWMap<String, Long>> KEY = LWWMapKey.create("blocked-namespaces");

    sealed interface Message {}

    /** Completes when the node's view has it. */
    record Put(String namespace, long until, CompletableFuture<Done> known) implements Message {}

    private record Stored(Put put, UpdateResponse<LWWMap<String, Long>> response)
            implements Message {}

    private record Changed(SubscribeResponse<LWWMap<String, Long>> response) implements Message {}

    private final ReplicatorMessageAdapter<Message, LWWMap<String, Long>> replicator;
    private final SelfUniqueAddress self;
    private final AtomicReference<Map<String, Long>> view;

    private BlockedNamespacesActor(
            ReplicatorMessageAdapter<Message, LWWMap<String, Long>> replicator,
            SelfUniqueAddress self,
            AtomicReference<Map<String, Long>> view) {
        this.replicator = replicator;
        this.self = self;
        this.view = view;
    }

    static Behavior<Message> create(AtomicReference<Map<String, Long>> view) {
        return Behaviors.setup(context ->
                DistributedData.withReplicatorMessageAdapter(
                        (ReplicatorMessageAdapter<Message, LWWMap<String, Long>> replicator) -> {
                            replicator.subscribe(KEY, Changed::new);
                            SelfUniqueAddress self =
                                    DistributedData.get(context.getSystem()).selfUniqueAddress();
                            BlockedNamespacesActor actor =
                                    new BlockedNamespacesActor(replicator, self, view);
                            return Behaviors.receiveMessage(actor::receive);
                        }));
    }

    private Behavior<Message> receive(Message message) {
        switch (message) {
            case Put put -> store(put);
            // Whatever the replicator tells from here on has it as well.
            case Stored(Put put, _) -> {
                Map<String, Long> more = new HashMap<>(view.get());
                more.put(put.namespace(), put.until());
                view.set(Map.copyOf(more));
                put.known().complete(Done.getInstance());
            }
            case Changed(Replicator.Changed<LWWMap<String, Long>> changed) ->
                    view.set(Map.copyOf(changed.get(KEY).getEntries()));
            case Changed _ -> {}
        }
        return Behaviors.same();
    }

    private void store(Put put) {
        replicator.askUpdate(
                replyTo ->
                        new Replicator.Update<>(
                                KEY,
                                LWWMap.empty(),
                                Replicator.writeLocal(),
                                replyTo,
                                known -> known.put(self, put.namespace(), put.until())),
                response -> new Stored(put, response));
    }
}
