package org.patchbay.connectivity.transport.amqp10.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;

/** The senders of a link: one for each address that was published to lately. */
final class Senders {

    private static final CompletableFuture<Done> NOTHING =
            CompletableFuture.completedFuture(Done.getInstance());

    private final jakarta.jms.Connection broker;
    private final int sendersMax;
    private final Impairments impairments;
    private final SessionEnds ends;

    /** By address; the one that was used longest ago comes first. */
    private final Map<String, Sender> senders = new LinkedHashMap<>(16, 0.75f, true);

    /** Those whose last messages are still on their way. */
    private final Map<String, CompletableFuture<Done>> closing = new HashMap<>();

    private CompletableFuture<Done> before = NOTHING;
    private boolean closed;

    Senders(
            jakarta.jms.Connection broker,
            int sendersMax,
            Impairments impairments,
            SessionEnds ends) {
        this.broker = broker;
        this.sendersMax = sendersMax;
        this.impairments = impairments;
        this.ends = ends;
    }

    /** Lets the messages of other senders be settled first. */
    synchronized void after(CompletableFuture<Done> others) {
        before = others;
    }

    synchronized CompletionStage<PublishResult> publish(Outbound message) {
        return closed
                ? CompletableFuture.completedFuture(Amqp10Failures.closed())
                : sender(message.address()).publish(message);
    }

    private Sender sender(String address) {
        Sender known = senders.get(address);
        if (known != null) {
            return known;
        }
        CompletableFuture<Done> earlier = closing.getOrDefault(address, NOTHING);
        Sender made =
                new Sender(
                        broker,
                        address,
                        impairments,
                        ends,
                        earlier.thenCombine(before, (done, _) -> done));
        senders.put(address, made);
        if (senders.size() > sendersMax) {
            Iterator<Map.Entry<String, Sender>> oldest = senders.entrySet().iterator();
            Map.Entry<String, Sender> unused = oldest.next();
            oldest.remove();
            close(unused.getKey(), unused.getValue());
        }
        return made;
    }

    synchronized void lookForStops() {
        senders.values().forEach(Sender::lookForStop);
    }

    private void close(String address, Sender sender) {
        CompletableFuture<Done> over = sender.close();
        closing.put(address, over);
        over.whenComplete((_, _) -> closed(address, over));
    }

    private synchronized void closed(String address, CompletableFuture<Done> over) {
        closing.remove(address, over);
    }

    /** Takes nothing more; completes when all that was to be published is settled or given up. */
    synchronized CompletableFuture<Done> close() {
        closed = true;
        Map.copyOf(senders).forEach(this::close);
        senders.clear();
        List<CompletableFuture<Done>> all = new ArrayList<>(closing.values());
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance());
    }
}
