package org.patchbay.mapper;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;

/**
 * A message as the outside world knows it.
 *
 * @param text the payload where it is known as text
 * @param bytes the payload where it is known as bytes; the one payload of an inbound message
 * @param subject on whose behalf an inbound message is handled, the first of several
 */
public record ExternalMessage(
        Headers headers,
        @Nullable String text,
        @Nullable ByteBuffer bytes,
        @Nullable String subject) {

    public ExternalMessage(Headers headers, @Nullable String text, @Nullable ByteBuffer bytes) {
        this(headers, text, bytes, null);
    }

    /** What a broker delivered; what it means as text says its content type's charset. */
    public static ExternalMessage inbound(Headers headers, ByteBuffer payload) {
        return new ExternalMessage(headers, null, payload);
    }

    public static ExternalMessage ofText(Headers headers, String text) {
        return new ExternalMessage(headers, text, null);
    }

    public @Nullable String contentType() {
        return headers.get(HeaderDefinition.CONTENT_TYPE);
    }

    /** The payload to publish: bytes win over text. */
    public ByteBuffer payload() {
        if (bytes != null) {
            return bytes.duplicate();
        }
        return text == null
                ? ByteBuffer.allocate(0)
                : ByteBuffer.wrap(text.getBytes(MediaType.of(contentType()).charset()));
    }

    /** The payload as text, in the charset of the content type, UTF-8 where it names none. */
    public @Nullable String payloadText() {
        return text != null || bytes == null ? text : MediaType.of(contentType()).text(bytes);
    }

    /** What placeholders mean for this message before it is mapped. */
    public SignalPlaceholders placeholders(Scope scope) {
        return SignalPlaceholders.inbound(
                scope,
                null,
                headers,
                new Surroundings(null, null, subject, InstantSource.system()));
    }
}
