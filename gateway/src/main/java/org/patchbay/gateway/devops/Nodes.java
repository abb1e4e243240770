package org.patchbay.gateway.devops;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.devops.DevOps;
import org.patchbay.cluster.devops.DevOpsCommand;
import org.patchbay.cluster.devops.Service;
import org.patchbay.protocol.Problem;

/** Asks nodes and puts their answers together, by service and instance. */
public final class Nodes {

    private final DevOps devOps;

    public Nodes(ActorSystem<?> system) {
        this.devOps = DevOps.of(system);
    }

    /** The name of this node. */
    public String instance() {
        return devOps.instance();
    }

    /** Asks all nodes of all services. */
    public CompletionStage<Map<String, Map<String, JsonNode>>> askAll(
            DevOpsCommand command, Duration timeout) {
        List<CompletableFuture<Map<String, Map<String, JsonNode>>>> asked =
                Arrays.stream(Service.values())
                        .map(service -> ask(service, null, command, timeout).toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    Map<String, Map<String, JsonNode>> all = new LinkedHashMap<>();
                    asked.forEach(one -> all.putAll(one.join()));
                    return all;
                });
    }

    /**
     * Asks the nodes of a service, or the one of them that is named; a name that none of them has
     * is a problem that names those that there are. A service that runs nowhere answers nothing.
     */
    public CompletionStage<Map<String, Map<String, JsonNode>>> ask(
            Service service, @Nullable String instance, DevOpsCommand command, Duration timeout) {
        if (instance == null) {
            return devOps.askAll(service, command, timeout)
                    .thenApply(answers -> of(service, answers.byInstance()));
        }
        return devOps.ask(service, instance, command, timeout)
                .thenApply(answers -> {
                    if (answers.byInstance().isEmpty()) {
                        throw noInstance(service, instance, answers.others()).asException();
                    }
                    return of(service, answers.byInstance());
                });
    }

    /** Asks any one node of a service. */
    public CompletionStage<Map<String, Map<String, JsonNode>>> askOne(
            Service service, DevOpsCommand command, Duration timeout) {
        return devOps.askOne(service, command, timeout)
                .thenApply(answers -> of(service, answers.byInstance()));
    }

    private static Map<String, Map<String, JsonNode>> of(
            Service service, Map<String, JsonNode> answers) {
        return answers.isEmpty() ? Map.of() : Map.of(service.wireName(), answers);
    }

    private static Problem noInstance(Service service, String instance, List<String> others) {
        Problem problem =
                Problem.of(
                        503,
                        "ask.error",
                        "The service " + service.wireName() + " has no instance " + instance + ".");
        return problem.describedBy(
                others.isEmpty()
                        ? "No node of the cluster offers this service now."
                        : "Its instances are " + String.join(", ", others) + ".");
    }
}
