package org.patchbay.cluster.label;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;

/** The labels of a node, kept by its {@link AckLabelsActor}. */
final class ClusterAckLabels implements AckLabels, Extension {

    private final ActorRef<LabelMessage> actor;

    private ClusterAckLabels(ActorSystem<?> system) {
        AckLabelSettings settings = AckLabelSettings.of(system.settings().config());
        this.actor =
                system.systemActorOf(
                        AckLabelsActor.create(settings), AckLabelsActor.NAME, Props.empty());
    }

    static AckLabels of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    @Override
    public CompletionStage<Declared> declare(String group, Set<String> labels, ActorRef<?> owner) {
        CompletableFuture<Declared> result = new CompletableFuture<>();
        actor.tell(new LabelMessage.Declare(group, labels, owner, result));
        return result;
    }

    private static final class Id extends ExtensionId<ClusterAckLabels> {
        private static final Id INSTANCE = new Id();

        @Override
        public ClusterAckLabels createExtension(ActorSystem<?> system) {
            return new ClusterAckLabels(system);
        }

        private ClusterAckLabels get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
