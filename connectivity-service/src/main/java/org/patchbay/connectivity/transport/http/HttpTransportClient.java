package org.patchbay.connectivity.transport.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.connectivity.transport.http.message.Results;
import org.patchbay.connectivity.transport.http.message.Unsendable;
import org.patchbay.connectivity.transport.http.wire.Request;

/**
 * One client that pushes.
 *
 * <p>There is no link that could be lost: connections come and go as requests need them. Connecting
 * shows that the endpoint can be reached; whether it lets us in, its answers show.
 *
 * <p><b>Bounded.</b> So many requests are under way as the connection's {@code parallelism} says;
 * with one, they go in order.
 */
final class HttpTransportClient implements TransportClient {

    private static final int UNAUTHORIZED = 401;

    private final Connection connection;
    private final ClientContext context;
    private final HttpConfig config;
    private final AtomicBoolean locked = new AtomicBoolean();
    private @Nullable HttpSession session;
    private boolean closed;

    HttpTransportClient(Connection connection, ClientContext context, HttpConfig config) {
        this.connection = connection;
        this.context = context;
        this.config = config;
    }

    @Override
    public CompletionStage<Done> connect() {
        HttpSession made;
        try {
            made = HttpSession.of(connection, context, config);
        } catch (Failure failure) {
            return CompletableFuture.failedFuture(failure);
        }
        synchronized (this) {
            if (closed) {
                made.close();
            }
            session = made;
        }
        return made.connect();
    }

    private synchronized @Nullable HttpSession session() {
        return session;
    }

    @Override
    public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
            Source source) {
        Failure none = Failure.byUser("A connection of type http-push can't consume.", null);
        return org.apache.pekko.stream.javadsl.Source.<Inbound>failed(none)
                .mapMaterializedValue(_ -> CompletableFuture.failedFuture(none));
    }

    @Override
    public CompletionStage<PublishResult> publish(Outbound message) {
        HttpSession over = session();
        if (over == null) {
            return CompletableFuture.completedFuture(Results.notConnected());
        }
        Request request;
        try {
            request = over.request(message);
        } catch (Unsendable unsendable) {
            return CompletableFuture.completedFuture(Results.of(unsendable));
        }
        return over.send(request)
                .handle((response, thrown) -> {
                    PublishResult result =
                            thrown == null
                                    ? Results.of(request, response)
                                    : Results.ofFailure(request, thrown);
                    tellWhetherLetIn(request, result, response != null);
                    return result;
                });
    }

    /**
     * Wrong credentials are shown for as long as nobody is let in with them.
     *
     * @param answered whether the endpoint said something, which alone shows that it lets us in
     */
    private void tellWhetherLetIn(Request request, PublishResult result, boolean answered) {
        if (result.status() == UNAUTHORIZED) {
            if (!locked.getAndSet(true)) {
                context.events()
                        .impaired(
                                request.origin()
                                        + " does not let the connection in: its credentials are"
                                        + " refused (401).");
            }
        } else if (answered && locked.getAndSet(false)) {
            context.events().recovered();
        }
    }

    @Override
    public int publishWindow() {
        HttpSession over = session();
        return over == null ? 1 : over.parallelism();
    }

    @Override
    public synchronized CompletionStage<Done> close() {
        closed = true;
        if (session != null) {
            session.close();
        }
        return CompletableFuture.completedFuture(Done.getInstance());
    }
}
