package org.patchbay.connectivity.transport.tunnel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Pem;
import org.patchbay.connectivity.transport.Failure;

/** One attempt to open a tunnel, within its time; can be given up. */
public final class Opening {

    private static final AttributeKey<Opening> KEY = new AttributeKey<>();

    /** Leads from a session of the shared client to the opening that it is made for. */
    static final SessionListener LISTENER =
            new SessionListener() {
                @Override
                public void sessionNegotiationOptionsCreated(
                        Session session, Map<KexProposalOption, String> proposal) {
                    of(session).hostKeys.propose(proposal);
                }

                @Override
                public void sessionNegotiationStart(
                        Session session,
                        Map<KexProposalOption, String> ours,
                        Map<KexProposalOption, String> theirs) {
                    of(session).hostKeys.offered(theirs);
                }
            };

    private final SshClient client;
    private final SshTunnel tunnel;
    private final TunnelPermits permits;
    private final long deadlineNanos;
    private final HostKeys hostKeys;
    private final TunnelFailures failures;
    private final CompletableFuture<Tunnel> tunnelled = new CompletableFuture<>();

    /** Ends what is being waited for; null while there is nothing. Guarded by this. */
    private @Nullable Runnable end;

    /** Guarded by this. */
    private boolean givenUp;

    Opening(SshClient client, SshTunnel tunnel, TunnelPermits permits, Duration limit) {
        this.client = client;
        this.tunnel = tunnel;
        this.permits = permits;
        this.deadlineNanos = System.nanoTime() + limit.toNanos();
        this.hostKeys = new HostKeys(tunnel);
        this.failures = TunnelFailures.of(tunnel, limit);
    }

    static Opening of(Session session) {
        return ((ClientSession) session).getConnectionContext().getAttribute(KEY);
    }

    HostKeys hostKeys() {
        return hostKeys;
    }

    /**
     * @param lost told if it is lost later
     */
    void begin(Consumer<Failure> lost) {
        tunnelled.completeAsync(() -> open(lost), Tunnels.THREADS);
    }

    /** Completes when it is open; fails with a {@link Failure}. */
    public CompletionStage<Tunnel> tunnel() {
        return tunnelled;
    }

    /** Gives up the attempt at once, or closes the tunnel that has come of it; idempotent. */
    public CompletionStage<Done> close() {
        Runnable ending;
        synchronized (this) {
            givenUp = true;
            ending = end;
        }
        if (ending != null) {
            ending.run();
        }
        return tunnelled.thenCompose(Tunnel::close).exceptionally(_ -> Done.getInstance());
    }

    private synchronized boolean isGivenUp() {
        return givenUp;
    }

    /** From now on that is what is waited for; null for nothing. */
    private synchronized void waitFor(@Nullable Runnable ending) {
        if (givenUp) {
            if (ending != null) {
                ending.run();
            }
            throw failures.givenUp();
        }
        end = ending;
    }

    private Tunnel open(Consumer<Failure> lost) {
        InetSocketAddress address = address();
        while (true) {
            ClientSession session = session(address);
            try {
                waitFor(() -> session.close(true));
                logIn(session);
                waitFor(null);
                return new Tunnel(session, tunnel, hostKeys, permits, failures, lost);
            } catch (IOException | RuntimeException e) {
                session.close(true);
                if (isGivenUp()) {
                    throw failures.givenUp();
                }
                if (!hostKeys.refused()) {
                    throw failures.loggingIn(tunnel.credentials(), e);
                }
                if (!hostKeys.hasOthers()) {
                    throw failures.unknown(hostKeys.shown());
                }
            }
        }
    }

    private InetSocketAddress address() {
        String host = tunnel.uri().host();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (permits.server().test(address)) {
                    // Without its name, lest it be looked up again and lead elsewhere.
                    var judged = InetAddress.getByAddress(address.getAddress());
                    return new InetSocketAddress(judged, tunnel.uri().port());
                }
            }
        } catch (UnknownHostException e) {
            throw failures.unresolved(e);
        }
        throw failures.blocked();
    }

    private ClientSession session(InetSocketAddress address) {
        try {
            ConnectFuture connecting =
                    client.connect(
                            username(),
                            address,
                            AttributeRepository.ofKeyValuePair(KEY, this),
                            null);
            waitFor(connecting::cancel);
            return connecting.verify(left()).getClientSession();
        } catch (CancellationException e) {
            throw failures.givenUp();
        } catch (IOException e) {
            throw isGivenUp() ? failures.givenUp() : failures.connecting(e);
        }
    }

    private String username() {
        return switch (tunnel.credentials()) {
            case Credentials.Plain plain -> plain.username();
            case Credentials.PublicKey keys -> keys.username();
            case Credentials other -> throw failures.credentials(other);
        };
    }

    private void logIn(ClientSession session) throws IOException {
        switch (tunnel.credentials()) {
            case Credentials.Plain plain -> session.addPasswordIdentity(plain.password().reveal());
            case Credentials.PublicKey keys -> session.addPublicKeyIdentity(pair(keys));
            case Credentials other -> throw failures.credentials(other);
        }
        session.auth().verify(left());
    }

    private KeyPair pair(Credentials.PublicKey keys) {
        PublicKey publicKey = Pem.publicKey(keys.publicKey());
        PrivateKey privateKey = Pem.privateKey(keys.privateKey());
        if (!privateKey.getAlgorithm().equals(SecurityUtils.EDDSA)) {
            return new KeyPair(publicKey, privateKey);
        }
        try {
            // The library takes these keys from its own provider only.
            KeyFactory factory = SecurityUtils.getKeyFactory(SecurityUtils.EDDSA);
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(publicKey.getEncoded())),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey.getEncoded())));
        } catch (GeneralSecurityException e) {
            throw failures.key(e);
        }
    }

    /** The time that is left, never none. */
    private Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, deadlineNanos - System.nanoTime()));
    }
}
