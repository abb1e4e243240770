package org.patchbay.connectivity.transport;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Headers;

/**
 * What came of publishing, as an acknowledgement would say it.
 *
 * @param status 2xx where the broker took it
 */
public record PublishResult(int status, Headers headers, @Nullable JsonNode value) {
    public static final PublishResult OK = new PublishResult(200, Headers.EMPTY, null);
}
