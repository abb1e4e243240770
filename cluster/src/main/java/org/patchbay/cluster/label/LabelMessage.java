package org.patchbay.cluster.label;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.jspecify.annotations.Nullable;

/** What the actor that keeps a node's labels is told: by other nodes, by owners, by the cluster. */
sealed interface LabelMessage {

    /** A node asks for these labels; answered with {@link Answers}, or asked again. */
    record Asks(ActorRef<LabelMessage> node, List<Claim> claims) implements LabelMessage {
        public Asks {
            claims = List.copyOf(claims);
        }
    }

    /**
     * A declaration of one node, as the others see it.
     *
     * @param ticket orders the claims of all nodes, where equal by the nodes' addresses
     * @param granted asked belatedly, because the asked node could not be reached before
     */
    record Claim(long ticket, String group, Set<String> labels, boolean granted) {
        public Claim {
            labels = Set.copyOf(labels);
        }
    }

    record Answers(ActorRef<LabelMessage> node, List<Answer> answers) implements LabelMessage {
        public Answers {
            answers = List.copyOf(answers);
        }
    }

    /**
     * @param taken a label that another group has, null where there is none
     */
    record Answer(long ticket, @Nullable String taken) {}

    record Declare(
            String group,
            Set<String> labels,
            ActorRef<?> owner,
            CompletableFuture<AckLabels.Declared> result)
            implements LabelMessage {
        public Declare {
            labels = Set.copyOf(labels);
        }
    }

    record Withdraw(long ticket) implements LabelMessage {}

    /** An owner has stopped. */
    record Gone(ActorRef<?> owner) implements LabelMessage {}

    record Cluster(ClusterDomainEvent event) implements LabelMessage {}

    /** Asks the other nodes, once for all that has been declared by now. */
    record Ask() implements LabelMessage {}

    /** Asks those again that have not answered. */
    record Tick() implements LabelMessage {}
}
