package org.patchbay.gateway.twins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.http.Answers;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;

/** The payload of a live message in HTTP's bodies. */
final class MessagePayload {

    private MessagePayload() {}

    static @Nullable JsonNode value(String contentType, ByteString body) {
        return MediaType.of(contentType).value(body.toArrayUnsafe());
    }

    static HttpResponse answer(int status, Signal response) {
        JsonNode value = response.value();
        if (value == null || value instanceof NullNode) {
            return Answers.empty(status);
        }
        String contentType =
                response.headers().getOr(HeaderDefinition.CONTENT_TYPE, MediaType.JSON);
        MediaType type = MediaType.of(contentType);
        return type.isJson() || !value.isTextual()
                ? Answers.json(status, value)
                : Answers.bytes(status, type(contentType), type.payload(value));
    }

    private static ContentType type(String contentType) {
        try {
            return ContentTypes.parse(contentType);
        } catch (RuntimeException e) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
    }
}
