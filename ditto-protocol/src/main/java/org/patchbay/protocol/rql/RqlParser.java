package org.patchbay.protocol.rql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.expression.RelativeTime;
import org.patchbay.protocol.expression.Wildcards;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.rql.RqlNode.Comparison;
import org.patchbay.protocol.rql.RqlNode.Operand;

/** Recursive descent over one expression; no white space is allowed outside of quoted texts. */
final class RqlParser {

    private static final int MAX_DEPTH = 64;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final int DIGITS_MAX = 100;
    private static final String TIME = "time:";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String text;
    private final RqlFields fields;
    private int at;

    RqlParser(String text, RqlFields fields) {
        this.text = text;
        this.fields = fields;
    }

    RqlNode parse() {
        RqlNode node = expression(0);
        if (at < text.length()) {
            throw wrong("nothing may follow the expression");
        }
        return node;
    }

    private RqlNode expression(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("it is nested more than " + MAX_DEPTH + " levels deep");
        }
        int start = at;
        String operator = word();
        expect('(');
        RqlNode node =
                switch (operator) {
                    case "and" -> new RqlNode.And(expressions(depth));
                    case "or" -> new RqlNode.Or(expressions(depth));
                    case "not" -> new RqlNode.Not(expression(depth + 1));
                    case "exists" -> new RqlNode.Exists(property());
                    case "empty" -> new RqlNode.Empty(property());
                    case "eq", "ne", "gt", "ge", "lt", "le" -> comparison(operator);
                    case "in" -> in();
                    case "like" -> like(false);
                    case "ilike" -> like(true);
                    default -> {
                        at = start;
                        throw wrong("'" + Problems.excerpt(operator) + "' is no operator");
                    }
                };
        expect(')');
        return node;
    }

    private List<RqlNode> expressions(int depth) {
        List<RqlNode> parts = new ArrayList<>();
        parts.add(expression(depth + 1));
        while (skip(',')) {
            parts.add(expression(depth + 1));
        }
        return List.copyOf(parts);
    }

    private RqlNode comparison(String operator) {
        Property property = property();
        expect(',');
        Comparison comparison = Comparison.valueOf(operator.toUpperCase(Locale.ROOT));
        return new RqlNode.Compare(comparison, property, operand());
    }

    private RqlNode in() {
        Property property = property();
        List<Operand> operands = new ArrayList<>();
        expect(',');
        do {
            operands.add(operand());
        } while (skip(','));
        return new RqlNode.In(property, List.copyOf(operands));
    }

    private RqlNode like(boolean ignoreCase) {
        Property property = property();
        expect(',');
        int start = at;
        if (at >= text.length() || !isQuote(text.charAt(at))) {
            throw wrong("a pattern in quotes is expected");
        }
        String pattern = quoted();
        if (pattern.length() > Wildcards.LENGTH_MAX) {
            at = start;
            throw wrong("the pattern has more than " + Wildcards.LENGTH_MAX + " characters");
        }
        return new RqlNode.Like(property, Wildcards.of(pattern, ignoreCase));
    }

    private Property property() {
        int start = at;
        String name = word();
        if (name.isEmpty()) {
            throw wrong("a property is expected");
        }
        Property property = property(name, start);
        if (property == null) {
            at = start;
            throw wrong(
                    "'" + Problems.excerpt(name) + "' is no property that can be asked for here");
        }
        return property;
    }

    private @Nullable Property property(String name, int start) {
        try {
            return fields.property(name);
        } catch (ProblemException e) {
            at = start;
            throw wrong("the property has more than " + JsonPointer.DEPTH_MAX + " segments");
        }
    }

    /** The characters up to the next structural one. */
    private String word() {
        int start = at;
        while (at < text.length() && "(),\"' \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private Operand operand() {
        if (at < text.length() && isQuote(text.charAt(at))) {
            return new Operand.Literal(JSON.textNode(quoted()));
        }
        int start = at;
        String word = word();
        if (word.startsWith(TIME)) {
            return RelativeTime.parse(word.substring(TIME.length()))
                    .<Operand>map(Operand.Time::new)
                    .orElseGet(() -> new Operand.Literal(JSON.textNode(word)));
        }
        if (word.length() > DIGITS_MAX) {
            at = start;
            throw wrong("a value without quotes has at most " + DIGITS_MAX + " characters");
        }
        JsonNode literal = literal(word);
        if (literal.isMissingNode()) {
            at = start;
            throw wrong("a number, true, false, null, a time or a text in quotes is expected");
        }
        return new Operand.Literal(literal);
    }

    private static JsonNode literal(String word) {
        return switch (word) {
            case "true" -> JSON.booleanNode(true);
            case "false" -> JSON.booleanNode(false);
            case "null" -> JSON.nullNode();
            default ->
                    NUMBER.matcher(word).matches()
                            ? JSON.numberNode(new BigDecimal(word))
                            : JSON.missingNode();
        };
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        throw wrong("the closing quote is missing");
    }

    private char escaped() {
        if (at >= text.length()) {
            throw wrong("the text ends in the middle of an escape");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw wrong("four hexadecimal digits are expected after \\u");
        }
        try {
            char c = (char) Integer.parseInt(text, at, at + 4, 16);
            at += 4;
            return c;
        } catch (NumberFormatException e) {
            throw wrong("four hexadecimal digits are expected after \\u");
        }
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw wrong("'" + c + "' is expected");
        }
    }

    private ProblemException wrong(String why) {
        return Problems.rqlInvalid(text, at, why).asException();
    }
}
