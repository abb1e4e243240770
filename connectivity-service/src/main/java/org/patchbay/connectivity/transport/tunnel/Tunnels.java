package org.patchbay.connectivity.transport.tunnel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.transport.Failure;

/** Opens tunnels on this node, which share the threads for it. */
public final class Tunnels implements Extension {

    /** They wait for servers. */
    static final ExecutorService THREADS =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ssh-tunnel-", 0).factory());

    private final ActorSystem<?> system;
    private final TunnelConfig config;
    private @Nullable SshClient client;

    private Tunnels(ActorSystem<?> system) {
        this.system = system;
        this.config = TunnelConfig.of(system.settings().config());
    }

    public static Tunnels of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    /**
     * Begins to open a tunnel.
     *
     * @param limit how long that may take
     * @param lost told once if it is lost later, before anybody who uses it notices
     */
    public Opening open(
            SshTunnel tunnel, TunnelPermits permits, Duration limit, Consumer<Failure> lost) {
        Opening opening = new Opening(client(), tunnel, permits, limit);
        opening.begin(lost);
        return opening;
    }

    private synchronized SshClient client() {
        SshClient running = client;
        if (running == null) {
            running = made(config);
            running.start();
            system.getWhenTerminated().thenRun(running::stop);
            client = running;
        }
        return running;
    }

    /** One that knows nothing of who runs this process: no keys, no agent, no settings. */
    private static SshClient made(TunnelConfig config) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setAgentFactory(null);
        // A session takes these when it is made; which are of use, its credentials decide.
        client.setUserAuthFactories(
                List.of(
                        UserAuthPublicKeyFactory.INSTANCE,
                        UserAuthPasswordFactory.INSTANCE,
                        UserAuthKeyboardInteractiveFactory.INSTANCE));
        client.setServerKeyVerifier(
                (session, _, key) -> Opening.of(session).hostKeys().accept(key));
        client.addSessionListener(Opening.LISTENER);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, config.keepAlive());
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 1);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        return client;
    }

    private static final class Id extends ExtensionId<Tunnels> {
        private static final Id INSTANCE = new Id();

        @Override
        public Tunnels createExtension(ActorSystem<?> system) {
            return new Tunnels(system);
        }

        private Tunnels get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
