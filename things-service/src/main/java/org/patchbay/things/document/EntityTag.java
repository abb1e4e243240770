package org.patchbay.things.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Entity tags: the revision for a whole document, a hash for a part of it. */
public final class EntityTag {

    private EntityTag() {}

    public static String ofRevision(long revision) {
        return "\"rev:" + revision + "\"";
    }

    public static String ofPart(JsonNode value) {
        return "\"hash:" + Integer.toHexString(hash(value)) + "\"";
    }

    /**
     * The same for equal JSON, however its numbers are held: a value that a script made and the
     * same one read from the journal have one tag.
     */
    private static int hash(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                int sum = 31;
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    sum += field.getKey().hashCode() * 31 ^ hash(field.getValue());
                }
                yield sum;
            }
            case ARRAY -> {
                int hash = 1;
                for (JsonNode element : value) {
                    hash = 31 * hash + hash(element);
                }
                yield hash;
            }
            case STRING -> value.textValue().hashCode();
            case NUMBER -> {
                double number = value.doubleValue();
                yield number == Math.rint(number)
                        ? Long.hashCode(value.longValue())
                        : Double.hashCode(number);
            }
            case BOOLEAN -> Boolean.hashCode(value.booleanValue());
            case NULL, MISSING, BINARY, POJO -> value.asText().hashCode();
        };
    }
}
