package org.patchbay.connectivity.transport.http.wire;

import org.patchbay.protocol.header.Headers;

/**
 * An answer, read to its end.
 *
 * @param body what was read of it
 * @param cut whether it was longer than may be read, so that the rest was left
 */
@SuppressWarnings("ArrayRecordComponent")
public record Response(int status, Headers headers, byte[] body, boolean cut) {

    @Override
    public String toString() {
        return "Response[status=" + status + ", bytes=" + body.length + "]";
    }
}
