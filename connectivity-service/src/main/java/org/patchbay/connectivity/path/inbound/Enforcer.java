package org.patchbay.connectivity.path.inbound;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Source;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/**
 * Checks that a message is about the entity it may be about: what the broker vouches for (an
 * address, a header) must equal one of the filters, which name the entity.
 */
final class Enforcer {

    private final Template input;
    private final List<Template> filters;

    private Enforcer(Template input, List<Template> filters) {
        this.input = input;
        this.filters = filters;
    }

    static Optional<Enforcer> of(Source.@Nullable Enforcement enforcement) {
        return Optional.ofNullable(enforcement)
                .map(e ->
                        new Enforcer(
                                Template.parse(e.input()),
                                e.filters().stream().map(Template::parse).toList()));
    }

    /** What is wrong with a signal that came with these headers, if anything. */
    Optional<Problem> check(Headers external, Signal signal, Surroundings surroundings) {
        SignalPlaceholders claim =
                SignalPlaceholders.inbound(Scope.ENFORCEMENT_INPUT, null, external, surroundings);
        SignalPlaceholders entity =
                SignalPlaceholders.inbound(
                        Scope.ENFORCEMENT_FILTER, signal, external, surroundings);
        List<String> claimed = input.resolve(claim).values();
        boolean matches =
                filters.stream()
                        .flatMap(filter -> filter.resolve(entity).values().stream())
                        .anyMatch(claimed::contains);
        return matches ? Optional.empty() : Optional.of(failed(signal, claimed));
    }

    private static Problem failed(Signal signal, List<String> claimed) {
        return Problem.of(
                        400,
                        "connectivity:connection.id.enforcement.failed",
                        "A message from "
                                + (claimed.isEmpty() ? "an unknown origin" : claimed)
                                + " must not speak for '"
                                + signal.entityId()
                                + "'.")
                .describedBy("The source's enforcement allows it only for the entity it names.");
    }
}
