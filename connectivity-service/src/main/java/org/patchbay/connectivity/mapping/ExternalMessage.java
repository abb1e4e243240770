package org.patchbay.connectivity.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Headers;

/**
 * A message as the outside world knows it.
 *
 * @param text the payload where it is text, null where it is bytes
 * @param bytes the payload where it is bytes; both may stand for one inbound payload
 */
public record ExternalMessage(Headers headers, @Nullable String text, @Nullable ByteBuffer bytes) {

    public @Nullable String contentType() {
        return headers.get("content-type");
    }

    /** The payload to publish: bytes win over text. */
    public ByteBuffer payload() {
        if (bytes != null) {
            return bytes.duplicate();
        }
        Charset utf8 = StandardCharsets.UTF_8;
        return text == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(text.getBytes(utf8));
    }
}
