package org.patchbay.connectivity.transport.amqp091;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The texts that AMQP 0.9.1 writes with one byte for their length. */
final class ShortText {

    private static final int BYTES_MAX = 255;

    private ShortText() {}

    /**
     * Checks that there is room for it.
     *
     * @param what it is, in words for the operator
     * @throws IllegalArgumentException that says what is too long
     */
    static void check(String what, @Nullable String text) {
        int bytes = text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES_MAX) {
            throw new IllegalArgumentException(
                    what + " has " + bytes + " bytes, AMQP 0.9.1 allows " + BYTES_MAX);
        }
    }
}
