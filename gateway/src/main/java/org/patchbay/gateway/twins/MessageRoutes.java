package org.patchbay.gateway.twins;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Handler;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.json.JsonPointer;

/** Live messages to and from a thing or a feature of it, and the claim of a thing. */
public final class MessageRoutes {

    private static final String THING = "/api/2/things/{thingId}";
    private static final String FEATURE = THING + "/features/{featureId}";
    private static final String CLAIM = "claim";

    private final Twins twins;
    private final GatewayConfig config;

    public MessageRoutes(Twins twins, GatewayConfig config) {
        this.twins = twins;
        this.config = config;
    }

    public List<Route> routes() {
        return List.of(
                Route.at(THING + "/inbox/claim", Audience.API).post(this::claim),
                Route.at(THING + "/inbox/messages/**", Audience.API).post(message("inbox", 6)),
                Route.at(THING + "/outbox/messages/**", Audience.API).post(message("outbox", 6)),
                Route.at(FEATURE + "/inbox/messages/**", Audience.API).post(message("inbox", 8)),
                Route.at(FEATURE + "/outbox/messages/**", Audience.API).post(message("outbox", 8)));
    }

    private CompletionStage<HttpResponse> claim(Exchange exchange) {
        return send(
                exchange,
                CLAIM,
                JsonPointer.of("inbox", "messages", CLAIM),
                Waiting.of(exchange, config.claims()));
    }

    /**
     * @param subjectAt which segment of the path the subject begins with; it may hold slashes
     */
    private Handler message(String box, int subjectAt) {
        return exchange -> {
            List<String> subject = exchange.segmentsFrom(subjectAt);
            String text = String.join("/", subject);
            if (text.isBlank()) {
                throw Problems.headerInvalid("subject", "a message needs a subject").asException();
            }
            JsonPointer path = JsonPointer.of(box, "messages");
            String feature = exchange.variables().get("featureId");
            JsonPointer full =
                    (feature == null ? path : JsonPointer.of("features", feature).append(path))
                            .append(JsonPointer.parse(text));
            return send(exchange, text, full, Waiting.of(exchange, config.messages()));
        };
    }

    private CompletionStage<HttpResponse> send(
            Exchange exchange, String subject, JsonPointer path, Waiting waiting) {
        TopicPath topic =
                SignalReader.topic(
                        Group.THINGS,
                        exchange.variable("thingId"),
                        Channel.LIVE,
                        Criterion.MESSAGES,
                        subject);
        String contentType = exchange.request().entity().getContentType().toString();
        Signal signal =
                Signal.command(
                        topic,
                        path,
                        SignalReader.headers(exchange, waiting),
                        MessagePayload.value(
                                exchange.contentType().isEmpty() ? "" : contentType,
                                exchange.body()));
        return twins.send(exchange, signal, waiting, "");
    }
}
