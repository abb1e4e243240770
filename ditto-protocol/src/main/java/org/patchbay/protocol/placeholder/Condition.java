package org.patchbay.protocol.placeholder;

import java.util.Optional;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.placeholder.Pipeline.Argument.Literal;

/**
 * A bare expression that holds or does not: {@code fn:filter(header:qos,'ne','0')}. It stands
 * without braces; where it begins with a function, that function gets a value which is always
 * there.
 */
public record Condition(String text, Template template) {

    public static Condition parse(String text) {
        return new Condition(text, Template.expression(text, new Literal("true")));
    }

    public Optional<Problem> fault() {
        return template.fault();
    }

    /**
     * Whether something is left of it for this message.
     *
     * @throws org.patchbay.protocol.ProblemException where the condition itself is wrong
     */
    public boolean holds(Placeholders placeholders) {
        return template.resolve(placeholders).text().isPresent();
    }
}
