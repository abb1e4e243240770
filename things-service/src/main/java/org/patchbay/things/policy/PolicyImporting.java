package org.patchbay.things.policy;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.protocol.Signal;
import org.patchbay.things.document.SignalHeaders;
import org.patchbay.things.entity.Entities;

/** Whether somebody may import policies: only those that he may read. */
final class PolicyImporting {

    private final Entities entities;

    PolicyImporting(Entities entities) {
        this.entities = entities;
    }

    /** The error that answers the request, if one of the policies can't be read on its behalf. */
    CompletionStage<Optional<Signal>> refusal(SignalRequest request, Set<String> imports) {
        CompletionStage<Optional<Signal>> first =
                CompletableFuture.completedStage(Optional.empty());
        for (String id : imports) {
            first =
                    first.thenCompose(refused ->
                            refused.isPresent()
                                    ? CompletableFuture.completedStage(refused)
                                    : read(request, id));
        }
        return first;
    }

    private CompletionStage<Optional<Signal>> read(SignalRequest request, String id) {
        return entities.retrieve(request, EntityKind.POLICY, id)
                .thenApply(answer ->
                        answer.isError()
                                ? Optional.of(answer.with(SignalHeaders.ofError(request, null)))
                                : Optional.empty());
    }
}
