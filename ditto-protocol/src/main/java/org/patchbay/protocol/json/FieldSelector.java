package org.patchbay.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a document somebody wants: {@code thingId,attributes(a,b/c)}. A segment {@code *}
 * stands for any one field; a path goes through arrays to each of their elements.
 */
public final class FieldSelector {

    private static final String ANY = "*";

    private final String text;
    private final List<JsonPointer> pointers;
    private final Branch tree;

    public FieldSelector(String text, List<JsonPointer> pointers) {
        this.text = text;
        this.pointers = List.copyOf(pointers);
        this.tree = Branch.of(this.pointers);
    }

    /** Reads a selector; a malformed one is the problem {@code json.fieldselector.invalid}. */
    public static FieldSelector parse(String text) {
        return new FieldSelector(text, new FieldSelectorParser(text).parse());
    }

    public static FieldSelector of(List<JsonPointer> pointers) {
        return new FieldSelector(
                String.join(",", pointers.stream().map(p -> p.toString().substring(1)).toList()),
                pointers);
    }

    /** Both selections. */
    public FieldSelector and(FieldSelector other) {
        return of(Stream.concat(pointers.stream(), other.pointers.stream()).distinct().toList());
    }

    /** The chosen part of a document; what it lacks is left out. */
    public JsonNode select(JsonNode document) {
        JsonNode selected = tree.select(document);
        return selected == null ? JsonNodeFactory.instance.objectNode() : selected;
    }

    public String text() {
        return text;
    }

    public List<JsonPointer> pointers() {
        return pointers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSelector that
                && text.equals(that.text)
                && pointers.equals(that.pointers);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * The pointers as a tree, so that the document's own order is kept and nothing is copied twice.
     */
    private record Branch(boolean whole, Map<String, Branch> next) {

        static Branch of(List<JsonPointer> pointers) {
            boolean whole = pointers.stream().anyMatch(JsonPointer::isRoot);
            Map<String, List<JsonPointer>> groups = new LinkedHashMap<>();
            for (JsonPointer pointer : pointers) {
                if (!pointer.isRoot()) {
                    groups.computeIfAbsent(pointer.segment(0), segment -> new ArrayList<>())
                            .add(pointer.from(1));
                }
            }
            Map<String, Branch> next = new LinkedHashMap<>();
            groups.forEach((segment, rest) -> next.put(segment, of(rest)));
            return new Branch(whole, next);
        }

        @Nullable JsonNode select(JsonNode value) {
            if (whole) {
                return value;
            }
            return switch (value) {
                case ObjectNode object -> selectFields(object);
                case ArrayNode array -> selectElements(array);
                default -> null;
            };
        }

        private @Nullable JsonNode selectFields(ObjectNode object) {
            ObjectNode selected = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(field -> {
                        Branch branch = branch(field.getKey());
                        JsonNode part = branch == null ? null : branch.select(field.getValue());
                        if (part != null) {
                            selected.set(field.getKey(), part);
                        }
                    });
            // An empty object holds nothing that was asked for either, and is left out like a full
            // one.
            return selected.isEmpty() ? null : selected;
        }

        private @Nullable Branch branch(String field) {
            Branch named = next.get(field);
            return named == null ? next.get(ANY) : named;
        }

        private @Nullable JsonNode selectElements(ArrayNode array) {
            ArrayNode selected = JsonNodeFactory.instance.arrayNode();
            for (JsonNode element : array) {
                JsonNode part = select(element);
                if (part != null) {
                    selected.add(part);
                }
            }
            return selected.isEmpty() ? null : selected;
        }
    }
}
