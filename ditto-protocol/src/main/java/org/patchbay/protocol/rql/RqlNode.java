package org.patchbay.protocol.rql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.patchbay.protocol.expression.RelativeTime;
import org.patchbay.protocol.expression.Wildcards;

/** The parts of a parsed RQL expression. */
sealed interface RqlNode {

    record And(List<RqlNode> parts) implements RqlNode {}

    record Or(List<RqlNode> parts) implements RqlNode {}

    record Not(RqlNode part) implements RqlNode {}

    record Exists(Property property) implements RqlNode {}

    /** Missing, null, or an empty text, array or object. */
    record Empty(Property property) implements RqlNode {}

    record Compare(Comparison comparison, Property property, Operand operand) implements RqlNode {}

    record In(Property property, List<Operand> operands) implements RqlNode {}

    record Like(Property property, Wildcards pattern) implements RqlNode {}

    enum Comparison {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE
    }

    /**
     * What a property is compared with: a JSON literal, or a time that is read when it is
     * evaluated.
     */
    sealed interface Operand {
        record Literal(JsonNode value) implements Operand {}

        record Time(RelativeTime time) implements Operand {}
    }
}
