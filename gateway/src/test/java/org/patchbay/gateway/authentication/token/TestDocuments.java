package org.patchbay.gateway.authentication.token;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionException;

/** Documents of issuers for tests that have no actor system. */
final class TestDocuments {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static final Documents OVER_HTTP =
            address ->
                    CLIENT.sendAsync(
                                    HttpRequest.newBuilder(address).build(),
                                    BodyHandlers.ofByteArray())
                            .thenApply(answer -> {
                                if (answer.statusCode() != 200) {
                                    throw new CompletionException(
                                            new IOException("status " + answer.statusCode()));
                                }
                                return answer.body();
                            });

    private TestDocuments() {}
}
