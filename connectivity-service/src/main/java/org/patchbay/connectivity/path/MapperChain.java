package org.patchbay.connectivity.path;

import java.util.ArrayList;
import java.util.List;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;

/**
 * The mappers of a source or a target. Each is given the message, and what all of them make of it
 * counts; one that fails does not keep the next from its turn.
 */
public record MapperChain(List<PayloadMapper> mappers) {

    /** What came of mapping, for each resulting message or failed mapper. */
    public sealed interface Mapped<T> {
        record Message<T>(T message) implements Mapped<T> {}

        /**
         * @param known what could be read of the message nevertheless
         */
        record Failure<T>(Problem problem, Headers known) implements Mapped<T> {}
    }

    private interface Step<T> {
        List<T> apply(PayloadMapper mapper);
    }

    public List<Mapped<Signal>> inbound(ExternalMessage message) {
        return map(mapper -> mapper.inbound(message));
    }

    public List<Mapped<ExternalMessage>> outbound(Signal signal) {
        return map(mapper -> mapper.outbound(signal));
    }

    private <T> List<Mapped<T>> map(Step<T> step) {
        List<Mapped<T>> all = new ArrayList<>(1);
        for (PayloadMapper mapper : mappers) {
            try {
                step.apply(mapper).forEach(message -> all.add(new Mapped.Message<>(message)));
            } catch (ProblemException e) {
                all.add(new Mapped.Failure<>(e.problem(), e.headers()));
            } catch (RuntimeException e) {
                all.add(new Mapped.Failure<>(failed(e), Headers.EMPTY));
            }
        }
        return all;
    }

    private static Problem failed(RuntimeException e) {
        return Problem.of(
                        400,
                        "connectivity:message.mapping.failed",
                        "The message could not be mapped.")
                .describedBy(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
}
