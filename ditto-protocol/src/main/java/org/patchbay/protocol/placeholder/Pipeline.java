package org.patchbay.protocol.placeholder;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a pair of braces: a placeholder and the functions its value runs through. Without a
 * placeholder the first function gets nothing.
 */
record Pipeline(@Nullable Argument start, List<Call> calls) implements Template.Part {

    /** A function with its arguments; {@code function} is null for what is no function at all. */
    record Call(Functions.@Nullable Function function, List<Argument> arguments) {}

    /** What stands between the parentheses of a function. */
    sealed interface Argument {

        record Literal(String text) implements Argument {}

        record Variable(Reference reference) implements Argument {}

        /** Its first value, null where it has none. */
        default @Nullable String text(Placeholders placeholders) {
            List<String> values = values(placeholders);
            return values.isEmpty() ? null : values.getFirst();
        }

        default List<String> values(Placeholders placeholders) {
            return switch (this) {
                case Literal(var text) -> List.of(text);
                case Variable(var reference) -> reference.values(placeholders);
            };
        }

        default Stream<Reference> references() {
            return this instanceof Variable(var reference) ? Stream.of(reference) : Stream.empty();
        }
    }

    Pipeline {
        calls = List.copyOf(calls);
    }

    Resolution resolve(Placeholders placeholders) {
        Resolution value =
                start == null ? Resolution.UNRESOLVED : Resolution.of(start.values(placeholders));
        for (Call call : calls) {
            if (value instanceof Resolution.Deleted) {
                return value;
            }
            // A stage that is no function is not wrong: nothing comes out of it.
            value =
                    call.function() == null
                            ? Resolution.UNRESOLVED
                            : call.function().apply(value, call.arguments(), placeholders);
        }
        return value;
    }

    Stream<Reference> references() {
        return Stream.concat(
                        Stream.ofNullable(start),
                        calls.stream().flatMap(call -> call.arguments().stream()))
                .flatMap(Argument::references);
    }
}
