package org.patchbay.gateway.devops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.cluster.devops.DevOpsCommand;
import org.patchbay.cluster.devops.Service;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;

/**
 * {@code /devops/logging} and {@code /devops/config}, of all services, of one, or of one instance.
 * The fewer are asked, the fewer names stand around an answer.
 */
public final class NodeRoutes {

    private static final String SERVICE = "service";
    private static final String INSTANCE = "instance";

    private final Nodes nodes;
    private final GatewayConfig.Timeout timeout;

    public NodeRoutes(ActorSystem<?> system, GatewayConfig config) {
        this.nodes = new Nodes(system);
        this.timeout = config.commands();
    }

    public List<Route> routes() {
        return Stream.concat(
                        at("/devops/logging")
                                .map(route -> route.get(this::levels).put(this::changeLevel)),
                        at("/devops/config").map(route -> route.get(this::config)))
                .toList();
    }

    private static Stream<Route> at(String base) {
        return Stream.of(
                        base,
                        base + "/{" + SERVICE + "}",
                        base + "/{" + SERVICE + "}/{" + INSTANCE + "}")
                .map(pattern -> Route.at(pattern, Audience.DEVOPS));
    }

    private CompletionStage<HttpResponse> levels(Exchange exchange) {
        boolean disabled = exchange.flag("includeDisabledLoggers");
        return ask(exchange, new DevOpsCommand.RetrieveLoggerConfig(List.of(), disabled));
    }

    private CompletionStage<HttpResponse> changeLevel(Exchange exchange) {
        return ask(exchange, LevelChange.read(exchange.json(), ""));
    }

    private CompletionStage<HttpResponse> config(Exchange exchange) {
        return ask(exchange, ConfigPath.read(exchange.parameter("path")));
    }

    private CompletionStage<HttpResponse> ask(Exchange exchange, DevOpsCommand command) {
        Duration waited = Waiting.of(exchange, timeout).timeout();
        String name = exchange.variables().get(SERVICE);
        if (name == null) {
            return nodes.askAll(command, waited).thenApply(all -> Answers.json(200, json(all)));
        }
        Service service =
                Service.of(name)
                        .orElseThrow(() ->
                                Refusals.routeNotFound("for a service " + name).asException());
        String instance = exchange.variables().get(INSTANCE);
        return nodes.ask(service, instance, command, waited)
                .thenApply(all -> {
                    Map<String, JsonNode> answers = all.getOrDefault(name, Map.of());
                    return Answers.json(
                            200,
                            instance == null
                                    ? object(answers)
                                    : answers.values().iterator().next());
                });
    }

    private static ObjectNode json(Map<String, Map<String, JsonNode>> all) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        all.forEach((service, answers) -> json.set(service, object(answers)));
        return json;
    }

    private static ObjectNode object(Map<String, JsonNode> answers) {
        return JsonNodeFactory.instance.objectNode().setAll(answers);
    }
}
