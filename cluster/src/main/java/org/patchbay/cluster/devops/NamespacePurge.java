package org.patchbay.cluster.devops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.namespace.BlockedNamespaces;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.protocol.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases a namespace: blocks it on all nodes, stops its entities, waits for what they had sent to
 * the store, erases what is stored. A block that was there before stays; one made for this is
 * lifted.
 */
final class NamespacePurge {

    private static final Logger LOG = LoggerFactory.getLogger(NamespacePurge.class);
    private static final List<EntityKind> KINDS = List.of(EntityKind.THING, EntityKind.POLICY);
    private static final int PAGE = 100;
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);

    private final ActorSystem<?> system;
    private final NamespaceSettings settings;
    private final BlockedNamespaces namespaces;

    NamespacePurge(ActorSystem<?> system, NamespaceSettings settings) {
        this.system = system;
        this.settings = settings;
        this.namespaces = BlockedNamespaces.of(system);
    }

    /** Answers with what came of it, by kind: {@code {"thing": {…}, "policy": {…}}}. */
    CompletionStage<ObjectNode> run(String namespace) {
        boolean blockedBefore = namespaces.end(namespace) != null;
        LOG.atInfo().addKeyValue("namespace", namespace).log("A namespace is being purged.");
        return block(namespace)
                .thenCompose(_ -> stop(namespace))
                .thenCompose(_ -> pause(settings.delayAfterStop()))
                .thenCompose(_ -> eraseAll(namespace))
                .handle((answer, failure) -> lift(namespace, blockedBefore, answer, failure))
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Void> block(String namespace) {
        Instant known = namespaces.end(namespace);
        Instant end = settings.blockEnd();
        return everybody(
                new DevOpsCommand.BlockNamespace(
                        namespace, known != null && known.isAfter(end) ? known : end),
                ASK_TIMEOUT);
    }

    private CompletionStage<Void> stop(String namespace) {
        return everybody(
                new DevOpsCommand.StopNamespace(namespace),
                settings.stopTimeout().plus(ASK_TIMEOUT));
    }

    /** All nodes have to do it: what one of them does not stop it writes again. */
    private CompletionStage<Void> everybody(DevOpsCommand command, Duration timeout) {
        return DevOps.of(system)
                .askEverybody(command, timeout)
                .thenAccept(answers -> answers.byInstance().forEach(NamespacePurge::require));
    }

    private static void require(String instance, JsonNode answer) {
        JsonNode payload = answer.get("payload");
        if (payload != null) {
            throw Problem.of(
                            503,
                            "ask.error",
                            "The node "
                                    + instance
                                    + " did not do its part: "
                                    + payload.path("message").asText())
                    .describedBy("Nothing was erased. Send the command again when it answers.")
                    .asException();
        }
    }

    private static CompletionStage<Void> pause(Duration delay) {
        return CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private CompletionStage<ObjectNode> eraseAll(String namespace) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        CompletionStage<ObjectNode> all = CompletableFuture.completedStage(answer);
        for (EntityKind kind : KINDS) {
            all =
                    all.thenCompose(_ -> erase(namespace, kind))
                            .thenApply(result -> answer.set(kind.wireName(), result));
        }
        return all;
    }

    private CompletionStage<ObjectNode> erase(String namespace, EntityKind kind) {
        CompletableFuture<Integer> erased = new CompletableFuture<>();
        nextPage(namespace, kind.persistenceId(namespace + ":"), null, 0, erased);
        return erased.handle((count, failure) -> {
            if (failure != null) {
                LOG.atError()
                        .addKeyValue("namespace", namespace)
                        .addKeyValue("kind", kind.wireName())
                        .setCause(failure)
                        .log(
                                "A namespace could not be erased; what is left of it can be purged again.");
            }
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "namespaces.responses:purgeNamespace")
                    .put("status", 200)
                    .put("namespace", namespace)
                    .put("resourceType", kind.wireName())
                    .put("successful", failure == null)
                    .put("erased", count);
        });
    }

    /** One page after the other, the block renewed in between: there may be many. */
    private void nextPage(
            String namespace,
            String prefix,
            @Nullable String after,
            int before,
            CompletableFuture<Integer> erased) {
        StoredDocuments documents = Store.of(system).documents();
        documents
                .idsAfter(prefix, after, PAGE)
                .thenCompose(ids ->
                        CompletableFuture.allOf(
                                        ids.stream()
                                                .map(documents::erase)
                                                .map(CompletionStage::toCompletableFuture)
                                                .toArray(CompletableFuture[]::new))
                                .thenCompose(_ -> renew(namespace))
                                .thenApply(_ -> ids))
                .whenCompleteAsync(
                        (ids, failure) -> {
                            if (failure != null) {
                                erased.completeExceptionally(failure);
                            } else if (ids.size() < PAGE) {
                                erased.complete(before + ids.size());
                            } else {
                                nextPage(
                                        namespace,
                                        prefix,
                                        ids.getLast(),
                                        before + ids.size(),
                                        erased);
                            }
                        },
                        system.executionContext());
    }

    private CompletionStage<Void> renew(String namespace) {
        Instant end = namespaces.end(namespace);
        boolean lasts =
                end != null && Instant.now().plus(settings.blockTime().dividedBy(2)).isBefore(end);
        return lasts ? CompletableFuture.completedStage(null) : block(namespace);
    }

    private CompletionStage<ObjectNode> lift(
            String namespace,
            boolean blockedBefore,
            @Nullable ObjectNode answer,
            @Nullable Throwable failure) {
        CompletionStage<Void> lifted =
                blockedBefore
                        ? CompletableFuture.completedStage(null)
                        : everybody(new DevOpsCommand.UnblockNamespace(namespace), ASK_TIMEOUT);
        return lifted.handle((_, _) -> {
            if (answer == null) {
                throw new CompletionException(failure);
            }
            return answer;
        });
    }
}
