package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.devops.Service;

/**
 * A row of a table of commands.
 *
 * @param type as the command names it
 * @param targets the actors that understand it
 * @param service they belong to; null where any service will do
 */
record CommandRow(String type, Set<String> targets, @Nullable Service service, Work work) {

    /** Carries out a command; a problem in it is thrown before anything is asked. */
    @FunctionalInterface
    interface Work {
        CompletionStage<Outcome> carryOut(Call call);
    }

    /** Carries out a command that has one answer. */
    @FunctionalInterface
    interface Single {
        CompletionStage<? extends JsonNode> carryOut(Call call);
    }

    static CommandRow of(String type, String target, Service service, Single work) {
        return new CommandRow(
                type,
                Set.of(target),
                service,
                call -> work.carryOut(call).thenApply(Outcome.One::new));
    }
}
