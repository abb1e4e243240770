package org.patchbay.protocol.placeholder;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.expression.Wildcards;
import org.patchbay.protocol.placeholder.Pipeline.Argument;
import org.patchbay.protocol.placeholder.Pipeline.Argument.Literal;

/**
 * {@code fn:filter}: lets the value pass where something holds, of another value ({@code
 * fn:filter(header:x,'eq','y')}) or of the value itself ({@code fn:filter('like','a*|b*')}).
 *
 * <p>A value that is not there counts as the empty text. An operator that does not exist holds for
 * nothing.
 *
 * @param pattern what {@code like} compares with, where no message has a say in it
 */
record Filter(@Nullable Wildcards pattern) implements Functions.Function {

    private static final Set<String> OPERATORS = Set.of("eq", "ne", "like", "exists");

    @Override
    public String signature() {
        return "a value (may be left out), 'eq', 'ne', 'like' or 'exists', and what to compare"
                + " with";
    }

    @Override
    public boolean accepts(List<Argument> arguments) {
        return switch (arguments.size()) {
            case 1 -> isExists(arguments.getFirst());
            case 2 -> arguments.getFirst() instanceof Literal || isExists(arguments.getLast());
            case 3 -> arguments.get(1) instanceof Literal;
            default -> false;
        };
    }

    @Override
    public Functions.Function compiled(List<Argument> arguments) {
        boolean isLike =
                arguments.size() > 1
                        && arguments.get(arguments.size() - 2) instanceof Literal(var operator)
                        && operator.equals("like");
        return isLike && arguments.getLast() instanceof Literal(var text)
                ? new Filter(wildcards(text))
                : this;
    }

    @Override
    public Resolution apply(Resolution input, List<Argument> arguments, Placeholders placeholders) {
        boolean ofOther = arguments.size() == 3 || isOtherExists(arguments);
        return ofOther
                ? passIf(
                        input,
                        holds(arguments.getFirst().text(placeholders), arguments, 1, placeholders))
                : Resolution.of(
                        input.values().stream()
                                .filter(value -> holds(value, arguments, 0, placeholders))
                                .toList());
    }

    private static Resolution passIf(Resolution input, boolean holds) {
        return holds ? input : Resolution.UNRESOLVED;
    }

    private static boolean isExists(Argument argument) {
        return argument instanceof Literal(var text) && text.equals("exists");
    }

    /** Tells {@code (header:x,'exists')} from {@code ('exists','true')}. */
    private static boolean isOtherExists(List<Argument> arguments) {
        return arguments.size() == 2
                && isExists(arguments.getLast())
                && !(arguments.getFirst() instanceof Literal(var text) && OPERATORS.contains(text));
    }

    private boolean holds(
            @Nullable String value,
            List<Argument> arguments,
            int operatorAt,
            Placeholders placeholders) {
        String operator = arguments.get(operatorAt).text(placeholders);
        String other =
                operatorAt + 1 < arguments.size()
                        ? arguments.get(operatorAt + 1).text(placeholders)
                        : "true";
        String left = Objects.requireNonNullElse(value, "");
        String right = Objects.requireNonNullElse(other, "");
        return switch (Objects.requireNonNullElse(operator, "")) {
            case "eq" -> left.equals(right);
            case "ne" -> !left.equals(right);
            case "like" -> (pattern == null ? wildcards(right) : pattern).matches(left);
            case "exists" -> Boolean.parseBoolean(right) == (value != null);
            default -> false;
        };
    }

    private static Wildcards wildcards(String text) {
        if (text.length() > Wildcards.LENGTH_MAX) {
            throw Faults.patternTooLong(Wildcards.LENGTH_MAX).asException();
        }
        return Wildcards.alternatives(text);
    }
}
