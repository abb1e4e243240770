package org.patchbay.connectivity.transport;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;

/**
 * What came of publishing, as an acknowledgement would say it.
 *
 * @param status 2xx where the broker took it
 * @param again whether the message may be published once more, because this was in vain and a
 *     further attempt can do no harm
 */
public record PublishResult(int status, Headers headers, @Nullable JsonNode value, boolean again) {

    private static final int UNAVAILABLE = 503;

    public static final PublishResult OK = new PublishResult(200, Headers.EMPTY, null);

    /** Of a broker that may be asked again when it is not available, and only then. */
    public PublishResult(int status, Headers headers, @Nullable JsonNode value) {
        this(status, headers, value, status == UNAVAILABLE);
    }
}
