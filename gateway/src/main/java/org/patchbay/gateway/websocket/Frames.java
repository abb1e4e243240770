package org.patchbay.gateway.websocket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.websocket.message.SocketProblems;
import org.patchbay.gateway.websocket.session.Outbox;
import org.patchbay.gateway.websocket.session.SessionMessage;
import org.patchbay.gateway.websocket.session.WebSocketSettings;
import org.patchbay.gateway.websocket.session.WebSocketSettings.Throttling;
import org.patchbay.protocol.Problem;

/**
 * Connects a session with its socket: whole messages one by one, each when the session has taken
 * the one before, and back what the outbox holds.
 */
final class Frames {

    /** A message as it came, or why it was not taken in. */
    private record Arrival(String text, @Nullable Problem refusal) {

        static Arrival refused(Problem problem) {
            return new Arrival("", problem);
        }
    }

    /** Collects the parts of a message; of one that is too long nothing is kept. */
    private static final class Parts {
        private final StringBuilder text = new StringBuilder();
        private final long max;
        private boolean tooLarge;

        Parts(long max) {
            this.max = max;
        }

        Parts with(String part) {
            if (tooLarge || text.length() + part.length() > max) {
                tooLarge = true;
                text.setLength(0);
                text.trimToSize();
            } else {
                text.append(part);
            }
            return this;
        }

        Arrival arrival() {
            return tooLarge
                    ? Arrival.refused(SocketProblems.tooLarge(max))
                    : new Arrival(text.toString(), null);
        }
    }

    private final WebSocketSettings settings;
    private final Materializer materializer;

    Frames(WebSocketSettings settings, Materializer materializer) {
        this.settings = settings;
        this.materializer = materializer;
    }

    Flow<Message, Message, NotUsed> of(ActorRef<? super SessionMessage> session, Outbox outbox) {
        Sink<Message, NotUsed> in =
                throttled(Flow.of(Message.class).mapAsync(1, this::whole))
                        .mapAsync(1, arrival -> tell(session, arrival))
                        .to(Sink.onComplete(_ -> session.tell(new SessionMessage.Disconnected())));
        Source<Message, NotUsed> out =
                outbox.messages().map(text -> (Message) TextMessage.create(text));
        return Flow.fromSinkAndSourceCoupledMat(in, out, Keep.right())
                .mapMaterializedValue(it -> {
                    session.tell(new SessionMessage.Connected());
                    return it;
                });
    }

    private static CompletionStage<Done> tell(
            ActorRef<? super SessionMessage> session, Arrival arrival) {
        CompletableFuture<Done> taken = new CompletableFuture<>();
        session.tell(new SessionMessage.Message(arrival.text(), arrival.refusal(), taken));
        return taken;
    }

    private CompletionStage<Arrival> whole(Message message) {
        if (!message.isText()) {
            return message.asBinaryMessage()
                    .getStreamedData()
                    .runWith(Sink.ignore(), materializer)
                    .thenApply(_ -> Arrival.refused(SocketProblems.binary()));
        }
        TextMessage text = message.asTextMessage();
        return text.getStreamedText()
                .runFold(new Parts(settings.messageMax()), Parts::with, materializer)
                .thenApply(Parts::arrival);
    }

    /**
     * What is a little too fast waits, and with it the sender; what is much too fast is refused.
     */
    private Flow<Message, Arrival, NotUsed> throttled(Flow<Message, Arrival, NotUsed> arrivals) {
        Throttling throttling = settings.throttling();
        if (throttling == null) {
            return arrivals;
        }
        return arrivals.statefulMap(
                        () -> new Rate(throttling),
                        (rate, arrival) ->
                                org.apache.pekko.japi.Pair.create(
                                        rate,
                                        rate.admits(System.nanoTime())
                                                ? arrival
                                                : Arrival.refused(
                                                        SocketProblems.tooFast(
                                                                throttling.limit(),
                                                                throttling.interval()))),
                        _ -> java.util.Optional.empty())
                .buffer(
                        settings.commandsMax(),
                        org.apache.pekko.stream.OverflowStrategy.backpressure())
                .throttle(throttling.limit(), throttling.interval());
    }
}
