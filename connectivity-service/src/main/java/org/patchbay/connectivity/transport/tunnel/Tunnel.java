package org.patchbay.connectivity.transport.tunnel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.transport.Detour;
import org.patchbay.connectivity.transport.Failure;

/**
 * An open session with an SSH server, and the ports of this machine that lead through it, one for
 * each destination that was asked for. A session that ends takes all of them along.
 */
public final class Tunnel implements Detour {

    /** For what was written to get to the other end. */
    private static final long CLOSING_MAX_MS = 2_000;

    private final ClientSession session;
    private final HostKeys hostKeys;
    private final String description;
    private final TunnelPermits permits;
    private final TunnelFailures failures;
    private final Consumer<Failure> lost;
    private final AtomicBoolean over = new AtomicBoolean();

    /** By destination; guarded by this. */
    private final Map<String, Forward> forwards = new HashMap<>();

    private volatile @Nullable String why;

    /**
     * @param session logged in
     * @param lost told once if the session ends without having been closed
     */
    Tunnel(
            ClientSession session,
            SshTunnel tunnel,
            HostKeys hostKeys,
            TunnelPermits permits,
            TunnelFailures failures,
            Consumer<Failure> lost) {
        this.session = session;
        this.hostKeys = hostKeys;
        this.description =
                "Through ssh://"
                        + tunnel.uri().host()
                        + ":"
                        + tunnel.uri().port()
                        + ", whose key is "
                        + hostKeys.shown().getLast()
                        + (tunnel.validateHost() ? "." : " (not validated).");
        this.permits = permits;
        this.failures = failures;
        this.lost = lost;
        session.addSessionListener(
                new SessionListener() {
                    @Override
                    public void sessionDisconnect(
                            Session ended,
                            int reason,
                            String message,
                            String language,
                            boolean ours) {
                        why = message;
                    }

                    @Override
                    public void sessionException(Session ended, Throwable thrown) {
                        why = thrown.getMessage();
                    }

                    @Override
                    public void sessionClosed(Session ended) {
                        tellIfLost();
                    }
                });
        tellIfLost();
    }

    /** Where it leads through, in words. */
    public String description() {
        return description;
    }

    /** Why it is gone; null where it is there. */
    public @Nullable Failure loss() {
        if (session.isOpen() && !session.isClosing()) {
            return null;
        }
        // Another key than the one that let us in, where keys were exchanged anew.
        return hostKeys.refused()
                ? failures.unknown(List.of(hostKeys.shown().getLast()))
                : failures.lost(why);
    }

    @Override
    public CompletionStage<InetSocketAddress> to(String host, int port) {
        return CompletableFuture.supplyAsync(() -> toNow(host, port), Tunnels.THREADS);
    }

    private InetSocketAddress toNow(String host, int port) {
        try {
            Forward forward = forward(host, port);
            forward.prepare();
            return forward.address();
        } catch (IOException e) {
            throw failed(host, port, e);
        }
    }

    @Override
    public InetSocketAddress towards(String host, int port) {
        try {
            return forward(host, port).address();
        } catch (IOException e) {
            throw failed(host, port, e);
        }
    }

    private Failure failed(String host, int port, IOException e) {
        Failure gone = loss();
        return gone == null ? failures.forwarding(host + ":" + port, e) : gone;
    }

    private synchronized Forward forward(String host, int port) throws IOException {
        if (!permits.destination().test(host)) {
            throw failures.destinationBlocked(host);
        }
        Failure gone = loss();
        if (over.get() || gone != null) {
            throw gone == null ? failures.lost("it was closed") : gone;
        }
        String destination = host + ":" + port;
        Forward forward = forwards.get(destination);
        if (forward == null) {
            forward = Forward.opened(session, host, port, failures, this::tellIfLost);
            forwards.put(destination, forward);
        }
        return forward;
    }

    /** Before what is connected through it is cut, so that its end is not taken for the reason. */
    private void tellIfLost() {
        Failure gone = loss();
        if (gone != null && over.compareAndSet(false, true)) {
            lost.accept(gone);
            forwards().forEach(Forward::cut);
        }
    }

    private synchronized List<Forward> forwards() {
        return List.copyOf(forwards.values());
    }

    /**
     * Lets what was written get to the other end, for a while, and ends the session; idempotent.
     */
    public CompletionStage<Done> close() {
        over.set(true);
        CompletableFuture<?>[] drained =
                forwards().stream()
                        .map(Forward::close)
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new);
        CompletableFuture<Done> closed = new CompletableFuture<>();
        CompletableFuture.allOf(drained)
                .completeOnTimeout(null, CLOSING_MAX_MS, TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> {
                    forwards().forEach(Forward::cut);
                    session.addCloseFutureListener(_ -> closed.complete(Done.getInstance()));
                    goodbye();
                });
        return closed.completeOnTimeout(
                        Done.getInstance(), 2 * CLOSING_MAX_MS, TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> session.close(true));
    }

    private void goodbye() {
        try {
            session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "The link is closed.");
        } catch (IOException e) {
            session.close(true);
        }
    }
}
