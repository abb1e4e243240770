package org.patchbay.protocol.rql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.expression.RelativeTime;
import org.patchbay.protocol.rql.RqlNode.Comparison;
import org.patchbay.protocol.rql.RqlNode.Operand;

/**
 * Evaluates expressions. Comparison is lenient: a text that is a number equals that number, arrays
 * match by any of their elements, and {@code ne} is the opposite of {@code eq}, so that it holds
 * for what is missing.
 */
final class RqlEvaluator {

    private RqlEvaluator() {}

    static boolean matches(RqlNode node, Rql.Subject subject) {
        return switch (node) {
            case RqlNode.And(var parts) -> parts.stream().allMatch(part -> matches(part, subject));
            case RqlNode.Or(var parts) -> parts.stream().anyMatch(part -> matches(part, subject));
            case RqlNode.Not(var part) -> !matches(part, subject);
            case RqlNode.Exists(var property) -> subject.value(property) != null;
            case RqlNode.Empty(var property) -> isEmpty(subject.value(property));
            case RqlNode.Compare(var comparison, var property, var operand) ->
                    comparison == Comparison.NE
                            ? !compares(Comparison.EQ, property, operand, subject)
                            : compares(comparison, property, operand, subject);
            case RqlNode.In(var property, var operands) ->
                    operands.stream()
                            .anyMatch(one -> compares(Comparison.EQ, property, one, subject));
            case RqlNode.Like(var property, var pattern) ->
                    anyOf(
                            subject.value(property),
                            value ->
                                    value.isValueNode()
                                            && !value.isNull()
                                            && pattern.matches(value.asText()));
        };
    }

    private static boolean isEmpty(@Nullable JsonNode value) {
        return value == null
                || value.isNull()
                || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
    }

    private static boolean compares(
            Comparison comparison, Property property, Operand operand, Rql.Subject subject) {
        JsonNode actual = subject.value(property);
        return switch (operand) {
            case Operand.Literal(var literal) ->
                    anyOf(actual, value -> holds(comparison, order(value, literal)));
            case Operand.Time(var time) ->
                    anyOf(actual, value -> holds(comparison, order(value, time, subject.now())));
        };
    }

    /** A text that is a time is compared with the time itself, which then need not be written. */
    private static OptionalInt order(JsonNode value, RelativeTime time, Instant now) {
        if (value.isTextual() && !time.epochMillis()) {
            Instant left = instant(value.textValue());
            if (left != null) {
                return OptionalInt.of(left.compareTo(time.at(now)));
            }
        }
        JsonNodeFactory make = JsonNodeFactory.instance;
        return order(
                value,
                time.epochMillis()
                        ? make.numberNode(time.at(now).toEpochMilli())
                        : make.textNode(time.text(now)));
    }

    private static boolean anyOf(@Nullable JsonNode value, Predicate<JsonNode> test) {
        if (value == null) {
            return false;
        }
        if (!value.isArray()) {
            return test.test(value);
        }
        for (JsonNode element : value) {
            if (test.test(element)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Comparison comparison, OptionalInt order) {
        if (order.isEmpty()) {
            return false;
        }
        int sign = order.getAsInt();
        return switch (comparison) {
            case EQ -> sign == 0;
            case NE -> sign != 0;
            case GT -> sign > 0;
            case GE -> sign >= 0;
            case LT -> sign < 0;
            case LE -> sign <= 0;
        };
    }

    /** How the value stands to the literal, empty where they can't be compared. */
    private static OptionalInt order(JsonNode value, JsonNode literal) {
        if (value.isNull() || literal.isNull()) {
            return value.isNull() && literal.isNull() ? OptionalInt.of(0) : OptionalInt.empty();
        }
        if (value.isNumber() || literal.isNumber()) {
            BigDecimal left = number(value);
            BigDecimal right = number(literal);
            return left == null || right == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(left.compareTo(right));
        }
        if (value.isTextual() && literal.isTextual()) {
            return OptionalInt.of(orderOfTexts(value.textValue(), literal.textValue()));
        }
        return value.isValueNode() && literal.isValueNode()
                ? OptionalInt.of(value.asText().compareTo(literal.asText()))
                : OptionalInt.empty();
    }

    /**
     * Two times compare as times, however many digits their seconds have; anything else as text.
     */
    private static int orderOfTexts(String value, String literal) {
        Instant left = instant(value);
        Instant right = left == null ? null : instant(literal);
        return left == null || right == null ? value.compareTo(literal) : left.compareTo(right);
    }

    private static @Nullable Instant instant(String text) {
        if (text.length() < 17 || text.charAt(4) != '-' || !text.endsWith("Z")) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        if (!value.isTextual() || value.textValue().length() > 64) {
            return null;
        }
        try {
            return new BigDecimal(value.textValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
