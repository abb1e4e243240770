package org.patchbay.gateway.websocket;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.cluster.twins.Twins;
import org.patchbay.gateway.authentication.Admission;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.authentication.Authentication;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Route;
import org.patchbay.gateway.websocket.message.SocketProblems;
import org.patchbay.gateway.websocket.session.Outbox;
import org.patchbay.gateway.websocket.session.SessionMessage;
import org.patchbay.gateway.websocket.session.SessionServices;
import org.patchbay.gateway.websocket.session.SessionSetup;
import org.patchbay.gateway.websocket.session.Sessions;
import org.patchbay.gateway.websocket.session.WebSocketSettings;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** Opens WebSockets. */
public final class WebSocketRoutes {

    private static final Duration SPAWNED_WITHIN = Duration.ofSeconds(10);
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9-_:]{3,165}");
    private static final Set<String> BUILT_IN =
            Set.of("twin-persisted", "live-response", "search-persisted");

    private static final String FORWARDED_FOR = "x-forwarded-for";

    private final ActorSystem<?> system;
    private final ActorRef<Sessions.Command> sessions;
    private final WebSocketSettings settings;
    private final SessionServices services;
    private final Frames frames;

    /**
     * @param sessions where sessions are started
     */
    public WebSocketRoutes(
            ActorSystem<?> system,
            ActorRef<Sessions.Command> sessions,
            WebSocketSettings settings,
            Authentication authentication) {
        this.system = system;
        this.sessions = sessions;
        this.settings = settings;
        this.services =
                new SessionServices(
                        SignalBus.of(system),
                        timeout -> Twins.of(system, timeout),
                        AckLabels.of(system),
                        authentication,
                        InstantSource.system());
        this.frames = new Frames(settings, Materializer.createMaterializer(system));
    }

    public List<Route> routes() {
        return List.of(Route.at("/ws/2", Audience.API).get(this::open));
    }

    private CompletionStage<HttpResponse> open(Exchange exchange) {
        WebSocketUpgrade upgrade =
                exchange.request()
                        .getAttribute(AttributeKeys.webSocketUpgrade)
                        .orElseThrow(() -> SocketProblems.noUpgrade().asException());
        Outbox outbox = new Outbox(settings.outgoingMax());
        SessionSetup setup =
                new SessionSetup(
                        UUID.randomUUID().toString(),
                        exchange.identity(),
                        declared(exchange.parameterOrHeader(HeaderDefinition.DECLARED_ACKS)),
                        token -> renewal(token, exchange),
                        outbox,
                        settings,
                        services);
        CompletionStage<ActorRef<SessionMessage>> session =
                AskPattern.ask(
                        sessions,
                        replyTo -> new Sessions.Start(setup, replyTo),
                        SPAWNED_WITHIN,
                        system.scheduler());
        return session.thenApply(it -> upgrade.handleMessagesWith(frames.of(it, outbox)));
    }

    /** A new token is looked at like one that comes with a request from the same client. */
    private CompletionStage<Admission> renewal(String token, Exchange exchange) {
        Headers headers = Headers.EMPTY.with("authorization", "Bearer " + token);
        String forwarded = exchange.headers().get(FORWARDED_FOR);
        InetAddress peer = exchange.peer();
        return services.authentication()
                .authenticate(
                        Audience.API,
                        forwarded == null ? headers : headers.with(FORWARDED_FOR, forwarded),
                        peer);
    }

    private static Set<String> declared(@Nullable String text) {
        Set<String> labels = new LinkedHashSet<>();
        if (text == null || text.isBlank()) {
            return labels;
        }
        Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .forEach(label -> {
                    if (!LABEL.matcher(label).matches() || BUILT_IN.contains(label)) {
                        throw SocketProblems.labelInvalid(label).asException();
                    }
                    labels.add(label);
                });
        return labels;
    }
}
