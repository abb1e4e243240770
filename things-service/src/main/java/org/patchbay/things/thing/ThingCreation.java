package org.patchbay.things.thing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.document.SignalHeaders;
import org.patchbay.things.document.Trees;
import org.patchbay.things.entity.Entities;
import org.patchbay.things.thing.rules.ThingCommand;
import org.patchbay.things.thing.rules.ThingProblems;

/**
 * What has to be there before a thing can be created: its policy, found or created on behalf of
 * whoever creates the thing.
 */
final class ThingCreation {

    /** The policy's entity said no; this answers the command. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Signal error;

        RefusedException(Signal error) {
            super("refused", null, false, false);
            this.error = error;
        }

        Signal error() {
            return error;
        }
    }

    private static final JsonPointer POLICY_ID = JsonPointer.of("policyId");

    private final Entities entities;

    ThingCreation(Entities entities) {
        this.entities = entities;
    }

    /** The command with the id of a policy that exists; fails with a {@link RefusedException}. */
    CompletionStage<ThingCommand> prepare(ThingCommand command) {
        SignalRequest request = command.request();
        PolicySource source;
        try {
            source = PolicySource.of(command.thingId(), request.signal().value(), request.by());
        } catch (ProblemException e) {
            return CompletableFuture.failedStage(e);
        }
        CompletionStage<?> policy =
                switch (source) {
                    case PolicySource.Existing existing ->
                            retrievePolicy(request, existing.policyId());
                    case PolicySource.New fresh ->
                            createPolicy(command, fresh.policyId(), fresh.policy());
                    case PolicySource.CopyOf copy ->
                            copyPolicy(command, copy.policyId(), copy.original());
                    case PolicySource.CopyOfThings copy ->
                            policyOfThing(request, copy.thingId())
                                    .thenCompose(original ->
                                            copyPolicy(command, copy.policyId(), original));
                };
        return policy.thenApply(_ ->
                command.withValue(
                        Trees.set(
                                command.value(), POLICY_ID, TextNode.valueOf(source.policyId()))));
    }

    /** A policy as whoever asks may read it. */
    CompletionStage<JsonNode> retrievePolicy(SignalRequest request, String policyId) {
        return entities.retrieve(request, EntityKind.POLICY, policyId)
                .thenApply(answer -> valueOf(request, answer));
    }

    private CompletionStage<String> policyOfThing(SignalRequest request, String thingId) {
        return entities.retrieve(request, EntityKind.THING, thingId)
                .thenApply(answer -> valueOf(request, answer).path("policyId").asText());
    }

    private CompletionStage<Signal> copyPolicy(
            ThingCommand command, String policyId, String original) {
        return retrievePolicy(command.request(), original)
                .thenCompose(policy -> {
                    ObjectNode copy = policy.deepCopy();
                    copy.remove("policyId");
                    return createPolicy(command, policyId, copy);
                });
    }

    private CompletionStage<Signal> createPolicy(
            ThingCommand command, String policyId, JsonNode policy) {
        SignalRequest request = command.request();
        return entities.createPolicy(request, policyId, policy)
                .thenApply(answer -> {
                    if (Objects.equals(answer.status(), 409)) {
                        Problem exists = ThingProblems.policyExists(command.thingId(), policyId);
                        throw new RefusedException(
                                request.signal()
                                        .fail(exists, SignalHeaders.ofError(request, null)));
                    }
                    return successful(request, answer);
                });
    }

    private static JsonNode valueOf(SignalRequest request, Signal answer) {
        return Objects.requireNonNull(successful(request, answer).value(), "an empty answer");
    }

    /** An error of a policy answers the thing's command: it is about the thing's policy. */
    private static Signal successful(SignalRequest request, Signal answer) {
        if (!answer.isError()) {
            return answer;
        }
        TopicPath thing = request.signal().topic();
        TopicPath topic =
                new TopicPath(
                        thing.namespace(),
                        thing.name(),
                        answer.topic().group(),
                        answer.topic().channel(),
                        TopicPath.Criterion.ERRORS,
                        null);
        throw new RefusedException(
                new Signal(
                        topic,
                        JsonPointer.ROOT,
                        SignalHeaders.ofError(request, null),
                        answer.value(),
                        null,
                        answer.status(),
                        null,
                        null,
                        null));
    }
}
