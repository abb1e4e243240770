package org.patchbay.connectivity.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Headers;

/**
 * A message as the outside world knows it.
 *
 * @param text the payload where it is known as text
 * @param bytes the payload where it is known as bytes; the one payload of an inbound message
 */
public record ExternalMessage(Headers headers, @Nullable String text, @Nullable ByteBuffer bytes) {

    private static final String CHARSET = "charset=";

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
        return text == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(text.getBytes(charset()));
    }

    /** The payload as text, in the charset of the content type, UTF-8 where it names none. */
    public @Nullable String payloadText() {
        return text != null || bytes == null
                ? text
                : charset().decode(bytes.duplicate()).toString();
    }

    private Charset charset() {
        String contentType = contentType();
        int at = contentType == null ? -1 : contentType.toLowerCase(Locale.ROOT).indexOf(CHARSET);
        if (contentType == null || at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = contentType.substring(at + CHARSET.length()).split(";", 2)[0];
        try {
            return Charset.forName(name.replace("\"", "").trim());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
