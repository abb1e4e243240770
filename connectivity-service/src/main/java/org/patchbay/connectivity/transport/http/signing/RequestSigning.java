package org.patchbay.connectivity.transport.http.signing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * An algorithm that signs requests. The settings name a class that implements it under {@code
 * ditto.connectivity.connection.http-push.hmac-algorithms}; it has a public constructor that takes
 * nothing, and is used by many connections at once.
 */
public interface RequestSigning {

    /**
     * What signs the requests of one connection.
     *
     * @param parameters of the connection's credentials
     * @throws IllegalArgumentException that says which parameter can't be used and why, without
     *     quoting a secret: an operator gets to read it
     */
    Signer signer(JsonNode parameters);

    /** Signs requests with the parameters of one connection; used by many threads at once. */
    @FunctionalInterface
    interface Signer {

        /**
         * The headers to send with the request, in place of those that have the same name.
         *
         * @param now when it is sent
         */
        Map<String, String> sign(UnsignedRequest request, Instant now);
    }
}
