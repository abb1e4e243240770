package org.patchbay.connectivity.client;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;

/** The labels of one node: whose each is. */
final class FakeLabels implements AckLabels {

    final Map<String, String> groups = new ConcurrentHashMap<>();
    final CompletableFuture<Problem> lost = new CompletableFuture<>();

    @Override
    public CompletionStage<Declared> declare(String group, Set<String> labels, ActorRef<?> owner) {
        for (String label : labels) {
            if (!groups.getOrDefault(label, group).equals(group)) {
                return CompletableFuture.failedFuture(Problems.labelNotUnique(label).asException());
            }
        }
        labels.forEach(label -> groups.put(label, group));
        return CompletableFuture.completedFuture(
                new Declared() {
                    @Override
                    public CompletionStage<Problem> lost() {
                        return lost;
                    }

                    @Override
                    public void withdraw() {
                        groups.keySet().removeAll(labels);
                    }
                });
    }
}
