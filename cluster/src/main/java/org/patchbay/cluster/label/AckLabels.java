package org.patchbay.cluster.label;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.protocol.Problem;

/**
 * The labels of acknowledgements that subscribers issue. Each label belongs to one group of
 * subscribers, wherever in the cluster they are: a WebSocket session is a group of its own, the
 * clients of a connection are one together.
 *
 * <pre>{@code
 * AckLabels.of(system).declare("session:" + id, labels, context.getSelf())
 *         .whenComplete((declared, failure) -> …);
 * }</pre>
 */
public interface AckLabels {

    /** Labels that stand declared, until they are withdrawn, their owner stops or they are lost. */
    interface Declared {

        /**
         * Completes with the reason if it turns out that another group has the labels as well. That
         * comes of nodes that did not reach each other for a while; the later declaration of the
         * two is the one that is lost.
         */
        CompletionStage<Problem> lost();

        /** Gives the labels back at once; what is not held any more stays so. */
        void withdraw();
    }

    static AckLabels of(ActorSystem<?> system) {
        return ClusterAckLabels.of(system);
    }

    /**
     * Declares all of the labels or none. Completes when every node that can be reached has agreed,
     * mostly within milliseconds and after some seconds at most.
     *
     * @param group who shares the labels; declaring again within a group adds to what stands
     * @param owner an actor of this node; when it stops, the labels are free again
     * @return fails with a {@link org.patchbay.protocol.ProblemException}: {@code
     *     acknowledgement:label.not.unique} where another group has one of the labels
     */
    CompletionStage<Declared> declare(String group, Set<String> labels, ActorRef<?> owner);
}
