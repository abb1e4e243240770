package org.patchbay.connectivity.model.option;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the value of an option may be.
 *
 * @param allowed in words: <em>Allowed: …</em>
 */
public record OptionKind(Predicate<String> allows, String allowed) {

    public static final OptionKind TEXT = new OptionKind(_ -> true, "any text");

    public static final OptionKind FLAG =
            new OptionKind(text -> OptionValues.flag(text) != null, "true, false");

    public static final OptionKind WHOLE_NUMBER =
            new OptionKind(text -> OptionValues.wholeNumber(text) != null, "a whole number");

    public static OptionKind numberFrom(long min) {
        return number(min, Long.MAX_VALUE, "a whole number from " + min);
    }

    public static OptionKind number(long min, long max) {
        return number(min, max, "a whole number from " + min + " to " + max);
    }

    private static OptionKind number(long min, long max, String allowed) {
        return new OptionKind(
                text -> {
                    Long value = OptionValues.wholeNumber(text);
                    return value != null && value >= min && value <= max;
                },
                allowed);
    }

    /** A duration such as {@code 30s}; where no unit stands, in seconds. */
    public static OptionKind duration(Duration min, Duration max) {
        return new OptionKind(
                text -> {
                    Duration value = OptionValues.duration(text);
                    return value != null && value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
                },
                "a duration such as 500ms, 30s, 2m or 1h, from "
                        + min.toMillis()
                        + "ms to "
                        + max.toSeconds()
                        + "s");
    }

    public static OptionKind oneOf(String... values) {
        List<String> known = List.of(values);
        return new OptionKind(
                text -> known.stream().anyMatch(text.strip()::equalsIgnoreCase),
                String.join(", ", known));
    }

    /** Several values, separated by commas; none is fine. */
    public static OptionKind listOf(OptionKind each) {
        return new OptionKind(
                text -> OptionValues.list(text).stream().allMatch(each.allows()),
                "with commas for several, " + each.allowed());
    }

    public static OptionKind matching(Predicate<String> allows, String allowed) {
        return new OptionKind(allows, allowed);
    }
}
