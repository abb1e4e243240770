package org.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.cluster.health.Health;
import org.patchbay.cluster.health.Health.Part;
import org.patchbay.cluster.health.Health.Status;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.authentication.Identity;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Route;

/**
 * {@code /health} says whether this node is well, to everybody; {@code /status/health} says more of
 * it to the operator. 200 when all parts are up, else 503.
 */
final class HealthRoutes {

    private final ActorSystem<?> system;
    private final boolean detailsToAll;

    HealthRoutes(ActorSystem<?> system, boolean detailsToAll) {
        this.system = system;
        this.detailsToAll = detailsToAll;
    }

    List<Route> routes() {
        return List.of(
                Route.at("/health", Audience.OPEN).get(_ -> health(false)),
                Route.at("/status/health", Audience.STATUS)
                        .get(exchange -> health(mayKnowMore(exchange))));
    }

    private boolean mayKnowMore(Exchange exchange) {
        return detailsToAll || !exchange.identity().equals(Identity.ANONYMOUS);
    }

    private CompletionStage<HttpResponse> health(boolean details) {
        return Health.of(system)
                .check()
                .thenApply(parts -> {
                    boolean up =
                            parts.values().stream().allMatch(part -> part.status() == Status.UP);
                    return Answers.json(up ? 200 : 503, json(up, parts, details));
                });
    }

    private static ObjectNode json(boolean up, Map<String, Part> parts, boolean details) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", (up ? Status.UP : Status.DOWN).name());
        if (details) {
            ArrayNode children = json.putArray("children");
            parts.forEach((label, part) -> {
                ObjectNode child = children.addObject();
                child.put("label", label);
                child.put("status", part.status().name());
                if (!part.detail().isEmpty()) {
                    child.putArray("details")
                            .addObject()
                            .put(part.status() == Status.UP ? "INFO" : "ERROR", part.detail());
                }
            });
        }
        return json;
    }
}
