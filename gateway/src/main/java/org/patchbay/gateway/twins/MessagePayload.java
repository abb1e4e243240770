package org.patchbay.gateway.twins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.MediaTypes;
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;

/**
 * The payload of a live message: JSON stands as it is in a signal's value, text as a JSON text,
 * anything else as Base64.
 */
final class MessagePayload {

    private MessagePayload() {}

    static @Nullable JsonNode value(String contentType, ByteString body) {
        if (body.isEmpty()) {
            return null;
        }
        if (isJson(contentType)) {
            return Json.parse(body.toArrayUnsafe());
        }
        return isText(contentType)
                ? TextNode.valueOf(body.decodeString(charset(contentType)))
                : TextNode.valueOf(Base64.getEncoder().encodeToString(body.toArrayUnsafe()));
    }

    static HttpResponse answer(int status, Signal response) {
        JsonNode value = response.value();
        if (value == null || value instanceof NullNode) {
            return Answers.empty(status);
        }
        String contentType =
                response.headers().getOr(HeaderDefinition.CONTENT_TYPE, MediaTypes.JSON);
        if (isJson(contentType) || !value.isTextual()) {
            return Answers.json(status, value);
        }
        return isText(contentType)
                ? Answers.bytes(
                        status, type(contentType), value.textValue().getBytes(charset(contentType)))
                : Answers.bytes(status, type(contentType), binary(value));
    }

    private static byte[] binary(JsonNode value) {
        try {
            byte[] decoded = value.binaryValue();
            return decoded == null ? new byte[0] : decoded;
        } catch (IOException e) {
            // Not Base64 after all: what was sent is what is shown.
            return value.textValue().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static ContentType type(String contentType) {
        try {
            return ContentTypes.parse(contentType);
        } catch (RuntimeException e) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
    }

    private static boolean isJson(String contentType) {
        String bare = bare(contentType);
        return bare.equals(MediaTypes.JSON) || bare.endsWith("+json");
    }

    private static boolean isText(String contentType) {
        return bare(contentType).startsWith("text/");
    }

    private static String bare(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static Charset charset(String contentType) {
        int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = contentType.substring(at + "charset=".length()).split("[;\\s]", 2)[0];
        try {
            return Charset.forName(name.replace("\"", ""));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
