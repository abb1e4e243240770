package org.patchbay.connectivity.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.patchbay.protocol.Headers;

/** An endpoint that does what a test tells it to. */
final class FakeTransport implements Transport {

    final List<Client> clients = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    /** All further attempts fail at once. */
    void refuse() {
        refusing = true;
    }

    void acceptAgain() {
        refusing = false;
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        Client client = new Client(context);
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
        private final CompletableFuture<SourceQueueWithComplete<Inbound>> queue =
                new CompletableFuture<>();

        Client(ClientContext context) {
            this.context = context;
        }

        void up() {
            connected.complete(Done.getInstance());
            subscribed.complete(Done.getInstance());
        }

        void lose() {
            publishing = false;
            context.events().lost(Failure.bySystem("The link is gone.", null));
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
            return CompletableFuture.completedFuture(PublishResult.OK);
        }

        @Override
        public CompletionStage<Done> close() {
            closed = true;
            queue.thenAccept(SourceQueueWithComplete::complete);
            return CompletableFuture.completedFuture(Done.getInstance());
        }
    }
}
