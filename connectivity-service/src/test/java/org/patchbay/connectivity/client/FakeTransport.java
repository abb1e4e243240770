package org.patchbay.connectivity.client;

import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.protocol.header.Headers;

/** An endpoint that does what a test tells it to. */
final class FakeTransport implements Transport {

    final List<Client> clients = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    /** Whether a message comes again that was left unacknowledged. */
    volatile boolean redelivers = true;

    volatile boolean rejects;

    /** Whether links connect and subscribe without being told to. */
    volatile boolean upAtOnce;

    /** What comes of publishing over links that are made from now on. */
    volatile Function<Outbound, Optional<PublishResult>> answers =
            _ -> Optional.of(PublishResult.OK);

    /** All further attempts fail at once. */
    void refuse() {
        refusing = true;
    }

    void acceptAgain() {
        refusing = false;
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        Client client = new Client(context, redelivers, rejects);
        client.answers = answers;
        if (upAtOnce) {
            client.up();
        }
        clients.add(client);
        if (refusing) {
            client.connected.completeExceptionally(Failure.bySystem("Nobody is there.", null));
        }
        return client;
    }

    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        return client(connection, context);
    }

    /** One link. */
    static final class Client implements TransportClient {
        final CompletableFuture<Done> connected = new CompletableFuture<>();
        final CompletableFuture<Done> subscribed = new CompletableFuture<>();
        final List<Outbound> published = new CopyOnWriteArrayList<>();
        final List<String> settled = new CopyOnWriteArrayList<>();
        final ClientContext context;
        volatile boolean closed;
        volatile boolean publishing = true;

        /** What answers a message; where it is empty, the test does, by {@link #answer}. */
        volatile Function<Outbound, Optional<PublishResult>> answers =
                _ -> Optional.of(PublishResult.OK);

        private final boolean redelivers;
        private final boolean rejects;
        private final Deque<CompletableFuture<PublishResult>> unanswered =
                new ConcurrentLinkedDeque<>();
        private final AtomicInteger unansweredMost = new AtomicInteger();
        private final CompletableFuture<SourceQueueWithComplete<Inbound>> queue =
                new CompletableFuture<>();

        Client(ClientContext context, boolean redelivers, boolean rejects) {
            this.context = context;
            this.redelivers = redelivers;
            this.rejects = rejects;
        }

        void up() {
            connected.complete(Done.getInstance());
            subscribed.complete(Done.getInstance());
        }

        void lose() {
            lose(Failure.bySystem("The link is gone.", null));
        }

        void lose(Failure failure) {
            publishing = false;
            context.events().lost(failure);
        }

        /** Takes the oldest message that was not answered; false where there is none. */
        boolean answer() {
            CompletableFuture<PublishResult> oldest = unanswered.poll();
            return oldest != null && oldest.complete(PublishResult.OK);
        }

        int unansweredMost() {
            return unansweredMost.get();
        }

        /** As {@link #lose}, and what was not taken yet is gone from the streams. */
        void fail() {
            queue.thenAccept(taken -> taken.fail(Failure.bySystem("The link broke.", null)));
            lose();
        }

        /** Whether a source takes what is received. */
        boolean consuming() {
            return queue.isDone() && !closed;
        }

        void receive(String address, String payload, Headers headers) {
            Inbound.Settlement settlement =
                    new Inbound.Settlement() {
                        @Override
                        public void accept() {
                            settled.add("accept " + payload);
                        }

                        @Override
                        public void reject() {
                            settled.add("reject " + payload);
                        }

                        @Override
                        public void redeliver() {
                            settled.add("redeliver " + payload);
                        }

                        @Override
                        public boolean canReject() {
                            return rejects;
                        }

                        @Override
                        public boolean canRedeliver() {
                            return redelivers;
                        }
                    };
            var bytes =
                    java.nio.ByteBuffer.wrap(
                            payload.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            queue.join().offer(new Inbound(headers, bytes, address, settlement));
        }

        @Override
        public CompletionStage<Done> connect() {
            return connected;
        }

        @Override
        public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
                Source source) {
            return org.apache.pekko.stream.javadsl.Source.<Inbound>queue(
                            1_000, OverflowStrategy.fail())
                    .mapMaterializedValue(made -> {
                        queue.complete(made);
                        return subscribed;
                    });
        }

        @Override
        public CompletionStage<PublishResult> publish(Outbound message) {
            if (!publishing) {
                return CompletableFuture.completedFuture(
                        new PublishResult(503, Headers.EMPTY, null));
            }
            published.add(message);
            return answers.apply(message)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(this::unanswered);
        }

        private CompletableFuture<PublishResult> unanswered() {
            CompletableFuture<PublishResult> result = new CompletableFuture<>();
            unanswered.add(result);
            unansweredMost.accumulateAndGet(unanswered.size(), Math::max);
            return result;
        }

        @Override
        public CompletionStage<Done> close() {
            closed = true;
            queue.thenAccept(SourceQueueWithComplete::complete);
            return CompletableFuture.completedFuture(Done.getInstance());
        }
    }
}
