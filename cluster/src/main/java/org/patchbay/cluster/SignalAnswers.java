package org.patchbay.cluster;

import java.util.List;
import org.patchbay.protocol.Signal;

/**
 * The answers to the first signals of a {@link SignalWindow}, in its order. Signals without an
 * answer were not looked at: those behind one that may succeed when it comes again, which they must
 * not overtake, and those that the thing could not take at once.
 */
public record SignalAnswers(List<Signal> answers) {

    public SignalAnswers {
        answers = List.copyOf(answers);
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("A window is answered with at least one answer");
        }
    }
}
