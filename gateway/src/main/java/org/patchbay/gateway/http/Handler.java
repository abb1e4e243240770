package org.patchbay.gateway.http;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers requests; what it throws or fails with is answered as an error. */
@FunctionalInterface
public interface Handler {

    CompletionStage<HttpResponse> handle(Exchange exchange);
}
