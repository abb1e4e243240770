package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Secret;

/**
 * An SSH server in this JVM that forwards and does nothing else. It lets in {@link TestBroker#USER}
 * with the password, or with a key that it was told of.
 */
public final class SshServer implements AutoCloseable {

    private final int port = Scratch.freePort();
    private final List<KeyPair> hostKeys;
    private final AtomicInteger passwords = new AtomicInteger();
    private final Set<PublicKey> authorized = new CopyOnWriteArraySet<>();
    private final Map<String, Integer> led = new ConcurrentHashMap<>();
    private volatile boolean forwarding = true;
    private volatile boolean lettingIn = true;
    private volatile List<KeyPair> shown;
    private boolean prompting;
    private org.apache.sshd.server.@Nullable SshServer running;

    private SshServer(List<KeyPair> hostKeys) {
        this.hostKeys = hostKeys;
        this.shown = hostKeys;
    }

    /** With host keys of these families: RSA, EC, Ed25519. */
    public static SshServer started(String... families) {
        SshServer server =
                new SshServer(java.util.stream.Stream.of(families).map(SshServer::key).toList());
        server.start();
        return server;
    }

    /** One that asks for the password by a prompt, and lets in in no other way. */
    public static SshServer prompting() {
        SshServer server = new SshServer(List.of(key("EC")));
        server.prompting = true;
        server.start();
        return server;
    }

    /** A new pair of keys of a family. */
    public static KeyPair key(String family) {
        try {
            return family.equals("Ed25519")
                    ? SecurityUtils.getKeyPairGenerator("Ed25519").generateKeyPair()
                    : KeyPairGenerator.getInstance(family).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(String label, Key key) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END "
                + label
                + "-----";
    }

    /** Lets in the user with this key from now on. */
    public void authorize(PublicKey key) {
        authorized.add(key);
    }

    /** Whether the password is right from now on. */
    public void letIn(boolean allowed) {
        lettingIn = allowed;
    }

    /** Shows this host key from now on, whenever keys are exchanged, and none of its own. */
    public void show(KeyPair another) {
        shown = List.of(another);
    }

    /** Shows its own host keys again. */
    public void showItsOwn() {
        shown = hostKeys;
    }

    /** Exchanges keys with whoever is connected, as both sides do from time to time. */
    public void exchangeKeys() {
        try {
            if (running != null) {
                for (AbstractSession session : running.getActiveSessions()) {
                    session.reExchangeKeys();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many passwords it was told so far. */
    public int passwords() {
        return passwords.get();
    }

    /** Whether channels to destinations are opened from now on. */
    public void forward(boolean allowed) {
        forwarding = allowed;
    }

    /**
     * From now on what is to go to this host and port goes to this port of the server itself: only
     * it knows such hosts.
     */
    public void lead(String host, int hostPort, int to) {
        led.put(host + ":" + hostPort, to);
    }

    public int port() {
        return port;
    }

    /** The fingerprint of its own n-th host key. */
    public String fingerprint(int n, String algorithm) {
        return fingerprint(hostKeys.get(n), algorithm);
    }

    public static String fingerprint(KeyPair key, String algorithm) {
        try {
            return String.valueOf(
                    KeyUtils.getFingerPrint(
                            org.apache.sshd.common.digest.BuiltinDigests.fromFactoryName(algorithm),
                            key.getPublic()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The way through it with the password. */
    public SshTunnel tunnel() {
        return tunnel(TestBroker.PASSWORD, fingerprint(0, "sha256"));
    }

    /**
     * @param fingerprint null for none, not validated
     */
    public SshTunnel tunnel(String password, @Nullable String fingerprint) {
        return tunnel(new Credentials.Plain(TestBroker.USER, new Secret(password)), fingerprint);
    }

    public SshTunnel tunnel(KeyPair key) {
        return tunnel(
                new Credentials.PublicKey(
                        TestBroker.USER,
                        pem("PUBLIC KEY", key.getPublic()),
                        new Secret(pem("PRIVATE KEY", key.getPrivate()))),
                fingerprint(0, "sha256"));
    }

    private SshTunnel tunnel(Credentials credentials, @Nullable String fingerprint) {
        return new SshTunnel(
                true,
                ConnectionUri.parse("ssh://127.0.0.1:" + port),
                credentials,
                fingerprint != null,
                fingerprint == null ? List.of() : List.of(fingerprint));
    }

    public void start() {
        try {
            var server = org.apache.sshd.server.SshServer.setUpDefaultServer();
            server.setHost("127.0.0.1");
            server.setPort(port);
            server.setKeyPairProvider(_ -> shown);
            server.setPasswordAuthenticator((user, password, _) -> {
                passwords.incrementAndGet();
                return lettingIn
                        && user.equals(TestBroker.USER)
                        && password.equals(TestBroker.PASSWORD);
            });
            server.setPublickeyAuthenticator((user, key, _) ->
                    user.equals(TestBroker.USER)
                            && authorized.stream().anyMatch(one -> KeyUtils.compareKeys(one, key)));
            if (prompting) {
                server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
            }
            server.setChannelFactories(List.of(new Leading()));
            server.setForwardingFilter(
                    new RejectAllForwardingFilter() {
                        @Override
                        public boolean canConnect(
                                Type type,
                                org.apache.sshd.common.util.net.SshdSocketAddress address,
                                Session session) {
                            return forwarding
                                    && AcceptAllForwardingFilter.INSTANCE.canConnect(
                                            type, address, session);
                        }
                    });
            server.start();
            running = server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many clients are logged in. */
    public int sessions() {
        return running == null
                ? 0
                : (int)
                        running.getActiveSessions().stream()
                                .filter(AbstractSession::isAuthenticated)
                                .count();
    }

    /** Cuts all sessions, without a word; goes on listening. */
    public void cut() {
        if (running != null) {
            running.getActiveSessions().forEach(session -> session.getIoSession().close(true));
        }
    }

    /** Returns when nothing listens any more; whoever is connected is cut. */
    public void stop() {
        try {
            if (running != null) {
                running.stop(true);
                running = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Opens channels to where they are led. */
    private final class Leading implements ChannelFactory {

        @Override
        public String getName() {
            return DirectTcpipFactory.INSTANCE.getName();
        }

        @Override
        public Channel createChannel(Session session) {
            return new TcpipServerChannel(TcpForwardingFilter.Type.Direct, null) {
                @Override
                protected OpenFuture doInit(Buffer asked) {
                    String host = asked.getString();
                    int hostPort = asked.getInt();
                    Integer to = led.get(host + ":" + hostPort);
                    ByteArrayBuffer done = new ByteArrayBuffer();
                    done.putString(to == null ? host : "127.0.0.1");
                    done.putInt(to == null ? hostPort : to);
                    done.putString(asked.getString());
                    done.putInt(asked.getInt());
                    return super.doInit(done);
                }
            };
        }
    }
}
