package org.patchbay.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.json.Json;

/**
 * A content type as far as payloads depend on it, and what a payload of that type is as the value
 * of a signal: JSON stands as it is, text as a JSON text, anything else as Base64.
 *
 * @param bare type and subtype in lower case
 * @param charset the named one, UTF-8 where none or an unknown one is named
 */
public record MediaType(String bare, Charset charset) {

    public static final String JSON = "application/json";
    public static final String DITTO = "application/vnd.eclipse.ditto+json";

    private static final String CHARSET = "charset=";

    /** Reads a header's value; nothing is a type of its own, the empty one. */
    public static MediaType of(@Nullable String contentType) {
        String text = contentType == null ? "" : contentType;
        int end = text.indexOf(';');
        String bare = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return new MediaType(bare, charset(text));
    }

    private static Charset charset(String contentType) {
        int at = contentType.toLowerCase(Locale.ROOT).indexOf(CHARSET);
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = contentType.substring(at + CHARSET.length()).split("[;\\s]", 2)[0];
        try {
            return Charset.forName(name.replace("\"", ""));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** A payload as text; bytes that mean nothing in its charset are replaced. */
    public String text(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return new String(bytes, charset);
    }

    public boolean isJson() {
        return bare.equals(JSON) || bare.endsWith("+json");
    }

    public boolean isText() {
        return bare.startsWith("text/");
    }

    /**
     * The payload as a value; nothing where it is empty.
     *
     * @throws ProblemException json.invalid, where it should be JSON and is not
     */
    public @Nullable JsonNode value(byte[] payload) {
        if (payload.length == 0) {
            return null;
        }
        if (isJson()) {
            return charset.equals(StandardCharsets.UTF_8)
                    ? Json.parse(payload)
                    : Json.parse(new String(payload, charset));
        }
        return TextNode.valueOf(
                isText()
                        ? new String(payload, charset)
                        : Base64.getEncoder().encodeToString(payload));
    }

    /** The value as a payload; one that is not what the type says is shown as it is. */
    public byte[] payload(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return new byte[0];
        }
        if (isJson() || !value.isTextual()) {
            return Json.writeBytes(value);
        }
        return isText() ? value.textValue().getBytes(charset) : binary(value);
    }

    private static byte[] binary(JsonNode value) {
        try {
            return value.binaryValue();
        } catch (IOException e) {
            return value.textValue().getBytes(StandardCharsets.UTF_8);
        }
    }
}
