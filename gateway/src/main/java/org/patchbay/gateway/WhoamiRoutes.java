package org.patchbay.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Route;

/** {@code /api/2/whoami}: the subjects that policies would have to name. */
final class WhoamiRoutes {

    List<Route> routes() {
        return List.of(Route.at("/api/2/whoami", Audience.API).get(WhoamiRoutes::whoami));
    }

    private static CompletionStage<HttpResponse> whoami(Exchange exchange) {
        List<String> subjects = exchange.identity().authorization().subjects();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("defaultSubject", subjects.getFirst());
        subjects.forEach(json.putArray("subjects")::add);
        return CompletableFuture.completedFuture(Answers.json(200, json));
    }
}
