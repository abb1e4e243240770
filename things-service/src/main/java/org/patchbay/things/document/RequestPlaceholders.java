package org.patchbay.things.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.InstantSource;
import java.util.Map;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/**
 * Placeholders in what a command brings: <code>{{ request:subjectId }}</code> is who sent it,
 * <code>{{ time:now }}</code> when it came. Texts with other placeholders mean something to
 * somebody else and are kept as they are.
 */
public final class RequestPlaceholders {

    private final Placeholders placeholders;

    private RequestPlaceholders(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    public static RequestPlaceholders of(SignalRequest request, InstantSource clock) {
        var subjects = request.by().subjects();
        String first = subjects.isEmpty() ? null : subjects.getFirst();
        return new RequestPlaceholders(
                SignalPlaceholders.inbound(
                        Scope.ENTITY,
                        null,
                        request.signal().headers(),
                        new Surroundings(null, null, first, clock)));
    }

    /** The value with its placeholders resolved, in names of fields too; itself where none are. */
    public JsonNode fillIn(JsonNode value) {
        return switch (value) {
            case TextNode text -> fillIn(text);
            case ObjectNode object -> fillIn(object);
            case ArrayNode array -> fillIn(array);
            default -> value;
        };
    }

    private JsonNode fillIn(TextNode text) {
        String filled = fillIn(text.textValue());
        return filled.equals(text.textValue()) ? text : TextNode.valueOf(filled);
    }

    private JsonNode fillIn(ObjectNode object) {
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        boolean changed = false;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = fillIn(field.getKey());
            JsonNode value = fillIn(field.getValue());
            changed |= value != field.getValue() || !name.equals(field.getKey());
            filled.set(name, value);
        }
        return changed ? filled : object;
    }

    private JsonNode fillIn(ArrayNode array) {
        ArrayNode filled = JsonNodeFactory.instance.arrayNode(array.size());
        boolean changed = false;
        for (JsonNode element : array) {
            JsonNode value = fillIn(element);
            changed |= value != element;
            filled.add(value);
        }
        return changed ? filled : array;
    }

    private String fillIn(String text) {
        if (!text.contains("{{")) {
            return text;
        }
        Template template = Template.parse(text);
        return template.fault(Scope.ENTITY).isPresent()
                ? text
                : template.resolve(placeholders).text().orElse(text);
    }
}
