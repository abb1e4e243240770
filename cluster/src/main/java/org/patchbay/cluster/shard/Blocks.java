package org.patchbay.cluster.shard;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.namespace.BlockedNamespaces;
import org.patchbay.cluster.shard.Shards.Passivation;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * Keeps commands away from things and policies of a blocked namespace: on their way, and where a
 * node that did not hear of the block has sent them all the same.
 */
final class Blocks {

    private final BlockedNamespaces namespaces;

    Blocks(BlockedNamespaces namespaces) {
        this.namespaces = namespaces;
    }

    /** Why an entity can't be reached; null where it can. Connections have no namespace. */
    @Nullable Problem problem(EntityKind kind, String id) {
        return kind == EntityKind.CONNECTION ? null : namespaces.refusal(id);
    }

    /** What answers a command to an entity that is blocked; null where it is not. */
    @Nullable Object refusal(EntityKind kind, String id, Object command) {
        Problem problem = problem(kind, id);
        return problem == null ? null : refusal(problem, command);
    }

    /** Stands where the entity would be, answers once, and goes: the block may be lifted. */
    static Behavior<Ask> refuseAndLeave(Problem problem, Passivation passivation) {
        return Behaviors.receive((context, ask) -> {
            ask.replyTo().tell(refusal(problem, ask.command()));
            passivation.passivate(context.getSelf());
            return Behaviors.same();
        });
    }

    /** The answer, unless it is a problem that nobody asked for. */
    static <R> R orFailed(Object answer, Class<R> reply) {
        if (answer instanceof Problem problem && !reply.isInstance(problem)) {
            throw problem.asException();
        }
        return reply.cast(answer);
    }

    private static Object refusal(Problem problem, Object command) {
        return switch (command) {
            case SignalRequest request -> refused(request, problem);
            case SignalWindow window ->
                    new SignalAnswers(
                            window.requests().stream()
                                    .map(request -> refused(request, problem))
                                    .toList());
            default -> problem;
        };
    }

    private static Signal refused(SignalRequest request, Problem problem) {
        Headers headers =
                request.signal()
                        .headers()
                        .without(HeaderDefinition.REQUEST_ONLY)
                        .with(HeaderDefinition.RESPONSE_REQUIRED, "false")
                        .with(HeaderDefinition.CONTENT_TYPE, "application/json");
        return request.signal().fail(problem, headers);
    }
}
