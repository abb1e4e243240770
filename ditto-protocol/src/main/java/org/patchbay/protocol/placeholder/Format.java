package org.patchbay.protocol.placeholder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.placeholder.Pipeline.Argument;
import org.patchbay.protocol.placeholder.Pipeline.Argument.Literal;

/**
 * {@code fn:format}: puts fields of JSON objects into a text; what is no object gives nothing.
 *
 * @param format where no message has a say in it
 */
record Format(@Nullable ObjectFormat format) implements Functions.Function {

    @Override
    public String signature() {
        return "one argument";
    }

    @Override
    public boolean accepts(List<Argument> arguments) {
        return arguments.size() == 1;
    }

    @Override
    public Functions.Function compiled(List<Argument> arguments) {
        return arguments.getFirst() instanceof Literal(var text)
                ? new Format(ObjectFormat.parse(text))
                : this;
    }

    @Override
    public Resolution apply(Resolution input, List<Argument> arguments, Placeholders placeholders) {
        ObjectFormat with = format == null ? given(arguments, placeholders) : format;
        if (with == null) {
            return Resolution.UNRESOLVED;
        }
        List<String> texts = new ArrayList<>();
        long characters = 0;
        for (String value : input.values()) {
            JsonNode object = object(value);
            List<String> some = object == null ? List.of() : with.apply(object);
            characters += Texts.lengthOf(some);
            Texts.requireShort(characters);
            texts.addAll(some);
            Texts.requireFew(texts.size());
        }
        return Resolution.of(texts);
    }

    private static @Nullable ObjectFormat given(
            List<Argument> arguments, Placeholders placeholders) {
        String text = arguments.getFirst().text(placeholders);
        return text == null ? null : ObjectFormat.parse(text);
    }

    private static @Nullable JsonNode object(String text) {
        if (!text.startsWith("{") && !text.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            JsonNode json = Json.parse(text);
            return json.isObject() ? json : null;
        } catch (ProblemException _) {
            return null;
        }
    }
}
