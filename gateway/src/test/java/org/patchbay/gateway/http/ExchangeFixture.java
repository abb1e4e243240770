package org.patchbay.gateway.http;

import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Exchanges for tests of handlers. */
public final class ExchangeFixture {

    private ExchangeFixture() {}

    public static Exchange of(HttpRequest request) {
        return Exchanges.of(request);
    }
}
