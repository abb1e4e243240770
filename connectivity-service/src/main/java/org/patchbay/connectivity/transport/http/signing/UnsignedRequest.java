package org.patchbay.connectivity.transport.http.signing;

import org.patchbay.protocol.header.Headers;

/**
 * A request before it is signed.
 *
 * @param host as the {@code Host} header has it, with the port unless it is the scheme's own
 * @param path as it is sent, percent-encoded
 * @param query as it is sent, without a question mark; empty where there is none
 * @param headers without {@code Host} and {@code Content-Length}
 * @param body empty where there is none; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record UnsignedRequest(
        String method, String host, String path, String query, Headers headers, byte[] body) {}
