package org.patchbay.gateway.connections;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.connectivity.model.json.MappingTestJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.MediaTypes;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Problem;

/**
 * {@code /api/2/connections/mappings/test}: what a mapping makes of a sample message. It is mapped
 * where connections are, by whichever node a made-up id leads to.
 */
public final class MappingTestRoutes {

    private static final String PATH = "/api/2/connections/mappings/test";

    /** The test goes from node to node, where larger ones do not get through. */
    private static final int BODY_MAX_BYTES = 512 << 10;

    private final Connections connections;
    private final GatewayConfig.Timeout timeout;
    private final MediaTypes json;

    public MappingTestRoutes(ActorSystem<?> system, GatewayConfig config) {
        this.connections = new Connections(system);
        this.timeout = config.commands();
        this.json = MediaTypes.json(config.http().jsonMediaTypes());
    }

    public List<Route> routes() {
        return List.of(Route.at(PATH, Audience.DEVOPS).post(this::test));
    }

    private CompletionStage<HttpResponse> test(Exchange exchange) {
        json.check(exchange);
        if (exchange.body().size() > BODY_MAX_BYTES) {
            throw tooLarge().asException();
        }
        var command = new ConnectionCommand.TestMapping(MappingTestJson.read(exchange.json()));
        Waiting waiting = Waiting.of(exchange, timeout);
        CompletionStage<HttpResponse> answer =
                connections
                        .ask(
                                UUID.randomUUID().toString(),
                                command,
                                waiting.timeout(),
                                Refusals.commandTimeout(waiting.timeout()))
                        .thenApply(MappingTestRoutes::answer);
        return waiting.answered() ? answer : CompletableFuture.completedFuture(Answers.empty(202));
    }

    private static Problem tooLarge() {
        return Problem.of(
                        413,
                        "gateway:payload.toolarge",
                        "A test of a mapping may have " + BODY_MAX_BYTES + " bytes at most.")
                .describedBy("Try it with a smaller message.");
    }

    private static HttpResponse answer(ConnectionReply reply) {
        return switch (reply) {
            case ConnectionReply.MappingTested(int status, var body) -> Answers.json(status, body);
            case ConnectionReply.Failed failed -> Answers.problem(failed.problem());
            case ConnectionReply other ->
                    throw new IllegalStateException(
                            "A test of a mapping was answered with " + other);
        };
    }
}
