package org.patchbay.connectivity.path;

import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * Every signal is JSON, so its content type is only worth a header where it says something else: in
 * templates {@code header:content-type} has no value for plain {@code application/json}.
 */
public final class ImplicitContentType {

    private static final String JSON = "application/json";

    private ImplicitContentType() {}

    public static Headers hidden(Headers headers) {
        return JSON.equals(headers.get(HeaderDefinition.CONTENT_TYPE))
                ? headers.without(HeaderDefinition.CONTENT_TYPE)
                : headers;
    }
}
