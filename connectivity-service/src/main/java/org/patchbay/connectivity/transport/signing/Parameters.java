package org.patchbay.connectivity.transport.signing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The parameters of an algorithm, as a connection's credentials hold them. Several are secrets, so
 * that no problem quotes one.
 */
public final class Parameters {

    private final String algorithm;
    private final JsonNode json;

    public Parameters(String algorithm, JsonNode json) {
        this.algorithm = algorithm;
        this.json = json;
    }

    /** One that has to be there. */
    public String text(String name) {
        String text = textOr(name, "");
        if (text.isBlank()) {
            throw wrong(name, "it is missing");
        }
        return text;
    }

    public String textOr(String name, String otherwise) {
        JsonNode value = json.path(name);
        return value.isMissingNode() || value.isNull() ? otherwise : value.asText();
    }

    /** A key in Base64, decoded. */
    public byte[] base64(String name) {
        try {
            byte[] key = Base64.getDecoder().decode(text(name));
            if (key.length > 0) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // As if it were empty.
        }
        throw wrong(name, "it is a key in Base64");
    }

    /** True or false. */
    public boolean flagOr(String name, boolean otherwise) {
        String text = textOr(name, String.valueOf(otherwise));
        if (!Set.of("true", "false").contains(text)) {
            throw wrong(name, "it is true or false");
        }
        return Boolean.parseBoolean(text);
    }

    /** Several texts, none where it is missing. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /** What to throw where a parameter can't be used. */
    public IllegalArgumentException wrong(String name, String why) {
        return new IllegalArgumentException(
                "The algorithm "
                        + algorithm
                        + " can't use its parameter '"
                        + name
                        + "': "
                        + why
                        + ".");
    }
}
