package org.patchbay.connectivity.path.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.transport.TransportClient;

/** The streams that consume the sources of a connection over one link. */
public final class InboundPath {

    private final SharedKillSwitch taps = KillSwitches.shared("sources");
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<CompletionStage<Done>> subscriptions = new ArrayList<>();
    private final List<CompletionStage<Done>> ends = new ArrayList<>();

    private InboundPath() {}

    /** Starts consuming all sources. */
    public static InboundPath start(PathContext context, TransportClient client) {
        InboundPath path = new InboundPath();
        List<Source> sources = context.connection().sources();
        for (int index = 0; index < sources.size(); index++) {
            Source source = sources.get(index);
            SourcePath way = new SourcePath(context, index, path.stopped::get);
            for (int i = 0; i < consumers(context.connection().type(), source); i++) {
                path.run(context, client, source, way);
            }
        }
        return path;
    }

    /**
     * On MQTT each subscription gets every message, so that a second one would only repeat the
     * first.
     */
    private static int consumers(ConnectionType type, Source source) {
        return switch (type) {
            case MQTT, MQTT_5 -> 1;
            case AMQP_091, AMQP_10, KAFKA, HONO, HTTP_PUSH -> source.consumerCount();
        };
    }

    private void run(PathContext context, TransportClient client, Source source, SourcePath way) {
        Passage passage = new Passage(way);
        Pair<CompletionStage<Done>, CompletionStage<Done>> running =
                throttled(client.consume(source).via(taps.flow()).map(passage::take), way)
                        .mapAsync(way.mappers(), way::prepare)
                        .mapAsyncUnordered(
                                context.settings().sourceInFlightMax(), passage::dispatch)
                        .toMat(Sink.ignore(), Keep.both())
                        .run(context.system());
        subscriptions.add(running.first());
        ends.add(running.second().whenComplete((_, _) -> passage.ended()));
    }

    private static org.apache.pekko.stream.javadsl.Source<Arrival, CompletionStage<Done>> throttled(
            org.apache.pekko.stream.javadsl.Source<Arrival, CompletionStage<Done>> messages,
            SourcePath way) {
        return way.throttles() ? messages.mapAsync(1, way::await) : messages;
    }

    /** Completes when the broker has granted all subscriptions. */
    public CompletionStage<Done> subscribed() {
        return all(subscriptions);
    }

    /** Completes or fails when the first stream ends, which none does by itself. */
    public CompletionStage<Done> ended() {
        CompletableFuture<Done> first = new CompletableFuture<>();
        for (CompletionStage<Done> end : ends) {
            end.whenComplete((done, failure) -> {
                if (failure == null) {
                    first.complete(done);
                } else {
                    first.completeExceptionally(failure);
                }
            });
        }
        return first;
    }

    /** Consumes nothing more; completes when what is under way is settled. */
    public CompletionStage<Done> drain() {
        taps.shutdown();
        List<CompletionStage<Done>> quiet = new ArrayList<>();
        ends.forEach(end -> quiet.add(end.exceptionally(_ -> Done.getInstance())));
        return all(quiet);
    }

    /** Stops trying again what could not be handled: there is no link to settle it over. */
    public void stop() {
        stopped.set(true);
        taps.shutdown();
    }

    private static CompletionStage<Done> all(List<CompletionStage<Done>> stages) {
        CompletableFuture<?>[] futures =
                stages.stream()
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(futures).thenApply(_ -> Done.getInstance());
    }
}
