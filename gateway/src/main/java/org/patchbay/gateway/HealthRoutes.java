package org.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
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

    private final Supplier<CompletionStage<Map<String, Part>>> health;
    private final Duration lifetime;
    private final boolean detailsToAll;
    private final AtomicReference<@Nullable Check> last = new AtomicReference<>();

    /** A check that was started at a time, in nanoseconds. */
    private record Check(CompletableFuture<Map<String, Part>> parts, long startedNanos) {}

    /**
     * @param lifetime how long a check that found everything well is not repeated: anybody may ask
     */
    HealthRoutes(
            Supplier<CompletionStage<Map<String, Part>>> health,
            Duration lifetime,
            boolean detailsToAll) {
        this.health = health;
        this.lifetime = lifetime;
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
        return check().thenApply(parts -> {
            boolean up = isUp(parts);
            return Answers.json(up ? 200 : 503, json(up, parts, details));
        });
    }

    /**
     * One check at a time; what is not well is looked at anew, so that nobody waits for its
     * recovery.
     */
    private CompletionStage<Map<String, Part>> check() {
        Check known = last.get();
        if (known != null && isFresh(known)) {
            return known.parts();
        }
        Check next = new Check(new CompletableFuture<>(), System.nanoTime());
        if (!last.compareAndSet(known, next)) {
            return check();
        }
        health.get()
                .whenComplete((parts, failure) -> {
                    if (failure == null) {
                        next.parts().complete(parts);
                    } else {
                        next.parts().completeExceptionally(failure);
                    }
                });
        return next.parts();
    }

    private boolean isFresh(Check check) {
        if (!check.parts().isDone()) {
            return true;
        }
        return !check.parts().isCompletedExceptionally()
                && isUp(check.parts().join())
                && System.nanoTime() - check.startedNanos() < lifetime.toNanos();
    }

    private static boolean isUp(Map<String, Part> parts) {
        return parts.values().stream().allMatch(part -> part.status() == Status.UP);
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
