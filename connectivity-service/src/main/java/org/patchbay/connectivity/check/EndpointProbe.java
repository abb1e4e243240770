package org.patchbay.connectivity.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/**
 * One endpoint, approached step by step: its address, its port, its certificate. Each step says
 * what it found and fails with a {@link Failure}. They block, in a thread that is interrupted where
 * they take too long: virtual threads give up on a socket then.
 */
final class EndpointProbe implements AutoCloseable {

    private final Endpoint endpoint;
    private final Connection connection;
    private final ClientContext context;

    /** There from the start, so that closing finds it whatever step is under way. */
    private final Socket socket = new Socket();

    private volatile @Nullable InetSocketAddress address;

    EndpointProbe(Endpoint endpoint, Connection connection, ClientContext context) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.context = context;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    String resolve(Duration limit) throws InterruptedException {
        try {
            InetSocketAddress found = endpoint.resolve(context).toCompletableFuture().get();
            address = found;
            String literal = found.getAddress().getHostAddress();
            return literal.equals(endpoint.host())
                    ? literal + " is an address."
                    : "The address of " + endpoint.host() + " is " + literal + ".";
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new CompletionException(e.getCause());
        }
    }

    /** Both in one, where it is the SSH server that looks up the name and connects. */
    String connectThrough(Duration limit) throws InterruptedException {
        resolve(limit);
        connect(limit);
        return "Connected to " + endpoint.host() + ":" + endpoint.port() + " through the tunnel.";
    }

    String connect(Duration limit) {
        InetSocketAddress to = address;
        if (to == null) {
            throw new IllegalStateException("Resolve first.");
        }
        String shown = to.getAddress().getHostAddress() + ":" + to.getPort();
        try {
            socket.connect(to, (int) Math.max(1, limit.toMillis()));
            return "Connected to " + shown + ".";
        } catch (SocketTimeoutException e) {
            throw Failure.bySystem(
                    shown + " did not answer within " + limit.toMillis() + " ms.", e);
        } catch (IOException e) {
            throw Failure.bySystem(shown + " can't be reached: " + e.getMessage(), e);
        }
    }

    String secure(Duration limit) {
        String secured = new Handshake(endpoint, connection).on(socket, limit);
        return "With " + endpoint.host() + " it is " + secured + ".";
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }
}
