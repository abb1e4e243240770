package org.patchbay.connectivity.mapping.mappers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Template;

/** A JSON value whose texts and field names may hold placeholders, compiled once. */
public sealed interface JsonTemplate {

    /**
     * The value for one message.
     *
     * @throws org.patchbay.protocol.ProblemException placeholder:unresolved, where one has no value
     */
    JsonNode resolve(Placeholders placeholders);

    static JsonTemplate of(JsonNode json) {
        return switch (json) {
            case ObjectNode object -> Fields.of(object);
            case ArrayNode array -> Elements.of(array);
            case TextNode text -> Text.of(text);
            default -> new Constant(json);
        };
    }

    record Constant(JsonNode json) implements JsonTemplate {
        @Override
        public JsonNode resolve(Placeholders placeholders) {
            return json;
        }
    }

    record Text(Template template) implements JsonTemplate {
        static JsonTemplate of(TextNode text) {
            Template template = Template.parse(text.textValue());
            return template.isConstant() ? new Constant(text) : new Text(template);
        }

        @Override
        public JsonNode resolve(Placeholders placeholders) {
            return TextNode.valueOf(text(template, placeholders));
        }
    }

    record Fields(List<Field> fields) implements JsonTemplate {
        record Field(Template name, JsonTemplate value) {}

        static JsonTemplate of(ObjectNode object) {
            List<Field> fields = new ArrayList<>(object.size());
            object.properties()
                    .forEach(field ->
                            fields.add(
                                    new Field(
                                            Template.parse(field.getKey()),
                                            JsonTemplate.of(field.getValue()))));
            boolean constant =
                    fields.stream()
                            .allMatch(
                                    it -> it.name().isConstant() && it.value() instanceof Constant);
            return constant ? new Constant(object) : new Fields(List.copyOf(fields));
        }

        @Override
        public JsonNode resolve(Placeholders placeholders) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Field field : fields) {
                object.set(text(field.name(), placeholders), field.value().resolve(placeholders));
            }
            return object;
        }
    }

    record Elements(List<JsonTemplate> elements) implements JsonTemplate {
        static JsonTemplate of(ArrayNode array) {
            List<JsonTemplate> elements = new ArrayList<>(array.size());
            array.forEach(element -> elements.add(JsonTemplate.of(element)));
            return elements.stream().allMatch(Constant.class::isInstance)
                    ? new Constant(array)
                    : new Elements(List.copyOf(elements));
        }

        @Override
        public JsonNode resolve(Placeholders placeholders) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
            elements.forEach(element -> array.add(element.resolve(placeholders)));
            return array;
        }
    }

    private static String text(Template template, Placeholders placeholders) {
        return template.resolve(placeholders)
                .text()
                .orElseThrow(() -> unresolved(template).asException());
    }

    private static Problem unresolved(Template template) {
        return Problem.of(
                        400,
                        "placeholder:unresolved",
                        "The placeholders of '" + template + "' have no value for this message.")
                .describedBy("See to it that messages carry the headers that it names.");
    }
}
