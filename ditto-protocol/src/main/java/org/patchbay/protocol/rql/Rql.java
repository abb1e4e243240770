package org.patchbay.protocol.rql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A parsed RQL expression: {@code and(gt(attributes/x,3),exists(features/f))}. */
public final class Rql {

    /** What an expression can ask for: a document's values, and those of families such as topic:action. */
    public interface Subject {
        /**
         * The values a property stands for, empty where it is missing.
         *
         * @param property {@code attributes/x}, {@code topic:action}, {@code resource:path}, {@code time:now}, …
         */
        List<JsonNode> values(String property);
    }

    private Rql() {}

    /** Parses an expression; a malformed one is {@code rql.expression.invalid} with the position. */
    public static Rql parse(String expression) {
        throw new UnsupportedOperationException(expression);
    }

    public boolean matches(Subject subject) {
        throw new UnsupportedOperationException(subject.toString());
    }

    /** Whether a plain document matches. */
    public boolean matches(JsonNode document) {
        throw new UnsupportedOperationException(document.toString());
    }
}
