package org.patchbay.things.thing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.things.document.Decision;
import org.patchbay.things.document.Document;
import org.patchbay.things.document.SignalHeaders;
import org.patchbay.things.enforcement.Policies;
import org.patchbay.things.thing.rules.LiveRules;
import org.patchbay.things.thing.rules.ThingCommand;
import org.patchbay.things.thing.rules.ThingFields;
import org.patchbay.things.thing.rules.ThingProblems;
import org.patchbay.things.thing.rules.ThingRules;
import org.patchbay.things.thing.rules.ThingShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the requests to one thing: finds the policy, asks the rules, and says what each comes to,
 * or what has to be there first. Stores and publishes nothing. Used by the thing's actor alone.
 */
final class ThingRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ThingRequests.class);

    /** How far a request gets at once. */
    sealed interface Step {

        record Done(Outcome outcome) implements Step {}

        /** Something must be fetched, which starts when it is asked for. */
        record Waits(Supplier<CompletionStage<Prepared>> what) implements Step {}
    }

    /**
     * What a request waited for.
     *
     * @param command null for a live signal
     */
    record Prepared(@Nullable ThingCommand command, PolicyView view) {}

    private final String thingId;
    private final ThingRules rules;
    private final ThingCreation creation;
    private final Policies policies;
    private final Requesters requesters;
    private final InstantSource clock;

    ThingRequests(
            String thingId,
            ThingRules rules,
            ThingCreation creation,
            Policies policies,
            Requesters requesters,
            InstantSource clock) {
        this.thingId = thingId;
        this.rules = rules;
        this.creation = creation;
        this.policies = policies;
        this.requesters = requesters;
        this.clock = clock;
    }

    /**
     * A request and those that follow, each on what the one before left: up to the first that has
     * to wait, and to the first that may come again, which the others must not overtake.
     *
     * @param first what the first of them came to
     */
    List<Outcome> allFrom(Outcome first, Document state, List<SignalRequest> requests) {
        List<Outcome> outcomes = new ArrayList<>(requests.size());
        outcomes.add(first);
        Outcome last = first;
        Document now = first.after(state);
        while (outcomes.size() < requests.size()
                && !last.answer().isPassingFailure()
                && take(now, requests.get(outcomes.size())) instanceof Step.Done(var outcome)) {
            outcomes.add(outcome);
            last = outcome;
            now = outcome.after(now);
        }
        return outcomes;
    }

    Step take(Document state, SignalRequest request) {
        try {
            if (Requesters.isAnswer(request.signal())) {
                return new Step.Done(answer(state, request));
            }
            return LiveRules.isLive(request.signal())
                    ? live(state, request)
                    : command(state, ThingCommand.read(request));
        } catch (ProblemException e) {
            return new Step.Done(malformed(request, e.problem()));
        } catch (RuntimeException e) {
            return new Step.Done(refused(request, unexpected(request, e)));
        }
    }

    /** What a request comes to when that is there for which it waited. */
    Outcome resume(Document state, SignalRequest request, Prepared prepared) {
        ThingCommand command = prepared.command();
        PolicyView view = prepared.view();
        try {
            return command == null
                    ? decided(
                            state,
                            request,
                            view,
                            LiveRules.decide((Document.Active) state, request, view))
                    : decided(state, command, view);
        } catch (ProblemException e) {
            return refused(request, e.problem());
        } catch (RuntimeException e) {
            return refused(request, unexpected(request, e));
        }
    }

    /** What a request comes to when that for which it waited is not to be had. */
    Outcome fail(SignalRequest request, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case ThingCreation.RefusedException refused ->
                    new Outcome.Answered(request, refused.error());
            case ProblemException problem -> refused(request, problem.problem());
            case TimeoutException _ -> refused(request, ThingProblems.unavailable(thingId));
            case null, default -> refused(request, unexpected(request, cause));
        };
    }

    private Step command(Document state, ThingCommand command) {
        SignalRequest request = command.request();
        if (!(state instanceof Document.Active thing)) {
            if (!EntityId.isValid(thingId)) {
                return new Step.Done(refused(request, EntityId.invalid("things", thingId)));
            }
            return ThingRules.creates(command)
                    ? new Step.Waits(() -> creation(command))
                    : new Step.Done(notFound(request));
        }
        String policyId = policyIdOf(thing);
        if (command.action() == ThingCommand.Action.RETRIEVE
                && ThingFields.wantsPolicy(request.signal().fields())) {
            return new Step.Waits(() -> withPolicy(command, policyId));
        }
        PolicyView view = policies.known(policyId);
        return view == null
                ? new Step.Waits(
                        () -> policies.load(policyId).thenApply(v -> new Prepared(command, v)))
                : new Step.Done(decided(state, command, view));
    }

    private Step live(Document state, SignalRequest request) {
        if (!(state instanceof Document.Active thing)) {
            return new Step.Done(notFound(request));
        }
        String policyId = policyIdOf(thing);
        PolicyView view = policies.known(policyId);
        return view == null
                ? new Step.Waits(
                        () -> policies.load(policyId).thenApply(v -> new Prepared(null, v)))
                : new Step.Done(
                        decided(state, request, view, LiveRules.decide(thing, request, view)));
    }

    /**
     * Who answers must at least be allowed to see something of the thing: by its policy as it is,
     * or, where the thing has gone or its policy is not at hand, as it was at the question.
     */
    private Outcome answer(Document state, SignalRequest request) {
        PolicyView present =
                state instanceof Document.Active thing ? policies.known(policyIdOf(thing)) : null;
        boolean delivered =
                requesters.deliver(
                        LiveRules.answer(request),
                        then -> LiveRules.mayAnswer(request, present == null ? then : present),
                        clock.instant());
        if (!delivered) {
            return notFound(request);
        }
        Signal taken = request.signal().respond(202, SignalHeaders.ofError(request, null), null);
        return new Outcome.Answered(request, taken);
    }

    private CompletionStage<Prepared> creation(ThingCommand command) {
        return creation.prepare(command)
                .thenCompose(prepared ->
                        policies.load(prepared.value().path("policyId").asText())
                                .thenApply(view -> new Prepared(prepared, view)));
    }

    private CompletionStage<Prepared> withPolicy(ThingCommand command, String policyId) {
        return creation.retrievePolicy(command.request(), policyId)
                .handle((policy, _) -> policy == null ? command : command.withPolicy(policy))
                .thenCombine(policies.load(policyId), Prepared::new);
    }

    private Outcome decided(Document state, ThingCommand command, PolicyView view) {
        Decision decision = rules.decide(state, command, view, clock.instant());
        return decided(state, command.request(), view, decision);
    }

    private static Outcome decided(
            Document state, SignalRequest request, PolicyView view, Decision decision) {
        return switch (decision) {
            case Decision.Persist(var change, var response) ->
                    new Outcome.Changed(
                            request, response, change, view, state, state.apply(change));
            case Decision.Answer(var response) -> new Outcome.Answered(request, response);
            case Decision.Publish(var signal, var response) ->
                    new Outcome.Published(request, response, signal, view, state);
            case Decision.Reject(var problem, var tag) ->
                    new Outcome.Answered(
                            request,
                            request.signal().fail(problem, SignalHeaders.ofError(request, tag)));
        };
    }

    private Outcome notFound(SignalRequest request) {
        return refused(request, ThingShape.THING.notFound(thingId, JsonPointer.ROOT));
    }

    private static Outcome malformed(SignalRequest request, Problem problem) {
        return new Outcome.Answered(
                request, request.signal().fail(problem, SignalHeaders.ofMalformed(request)));
    }

    private static Outcome refused(SignalRequest request, Problem problem) {
        return new Outcome.Answered(
                request, request.signal().fail(problem, SignalHeaders.ofError(request, null)));
    }

    private Problem unexpected(SignalRequest request, @Nullable Throwable cause) {
        String correlationId = request.signal().headers().getOr("correlation-id", "unknown");
        LOG.atError()
                .addKeyValue("thingId", thingId)
                .addKeyValue("correlationId", correlationId)
                .setCause(cause)
                .log("A command to a thing failed.");
        return Problems.internal(correlationId);
    }

    private static String policyIdOf(Document.Active thing) {
        JsonNode policyId = thing.json().get("policyId");
        return policyId == null ? "" : policyId.asText();
    }
}
