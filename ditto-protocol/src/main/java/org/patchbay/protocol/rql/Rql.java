package org.patchbay.protocol.rql;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A parsed RQL expression: {@code and(gt(attributes/x,3),exists(features/f))}. */
public final class Rql {

    /** What an expression asks: the values of a document and of families such as topic:action. */
    public interface Subject {

        /** The value of a property, null where it is missing. */
        @Nullable JsonNode value(Property property);

        /** What {@code time:now} means. */
        default Instant now() {
            return Instant.now();
        }
    }

    private final String expression;
    private final RqlNode root;

    private Rql(String expression, RqlNode root) {
        this.expression = expression;
        this.root = root;
    }

    /**
     * Parses an expression; a malformed one is {@code rql.expression.invalid} with the position.
     */
    public static Rql parse(String expression, RqlFields fields) {
        return new Rql(expression, new RqlParser(expression, fields).parse());
    }

    public boolean matches(Subject subject) {
        return RqlEvaluator.matches(root, subject);
    }

    /** Whether a plain document matches. */
    public boolean matches(JsonNode document) {
        return matches(
                (Subject)
                        property ->
                                property instanceof Property.Field(var at)
                                        ? at.in(document)
                                        : null);
    }

    @Override
    public String toString() {
        return expression;
    }
}
