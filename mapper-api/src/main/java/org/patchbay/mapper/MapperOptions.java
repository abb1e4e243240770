package org.patchbay.mapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.placeholder.Template;

/**
 * The options of a mapping definition, read as leniently as users write them: a number or a truth
 * value may stand in quotes or not. What can't be read is an {@link InvalidOption}.
 */
public record MapperOptions(ObjectNode json) {

    /** A text, null where there is none; a number or truth value counts as its text. */
    public @Nullable String text(String name) {
        JsonNode value = json.get(name);
        return value == null || !value.isValueNode() || value.isNull() ? null : value.asText();
    }

    public String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    /**
     * A text that has to be there.
     *
     * @param hint what to give, a sentence
     */
    public String required(String name, String hint) {
        String text = text(name);
        if (text == null) {
            throw new InvalidOption(name, "The option '" + name + "' is missing.", hint);
        }
        return text;
    }

    /** Whether it is true; anything else, and nothing, is not. */
    public boolean isTrue(String name) {
        return Boolean.parseBoolean(text(name));
    }

    public long number(String name, long otherwise, long least, long most) {
        String text = text(name);
        try {
            long number = text == null ? otherwise : Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as what is too small or too large.
        }
        throw new InvalidOption(
                name,
                "The option '" + name + "' is '" + text + "'.",
                "Give a whole number from " + least + " to " + most + ".");
    }

    /** An object, null where there is none or something else. */
    public @Nullable ObjectNode object(String name) {
        return json.get(name) instanceof ObjectNode object ? object : null;
    }

    /** A text that may hold placeholders, such as {@code {{ header:device_id }}}. */
    public Template template(String name, String otherwise) {
        String text = text(name, otherwise);
        try {
            return Template.parse(text);
        } catch (ProblemException e) {
            String hint = e.problem().description();
            throw new InvalidOption(
                    name,
                    "The option '" + name + "' can't be read: " + e.problem().message(),
                    hint == null ? "Correct its placeholders." : hint);
        }
    }
}
