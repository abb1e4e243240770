package org.patchbay.connectivity.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.paging.PagingStore;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.node.ScratchFolder;
import org.patchbay.connectivity.broker.tls.TlsSetup;

/** Artemis in this JVM, which speaks AMQP 1.0, with messages kept on disk. */
public final class EmbeddedArtemis implements TestBroker {

    /** Nobody may consume it, and nobody may publish to it. */
    public static final String FORBIDDEN = "forbidden";

    /** Takes one message; there is no room for a second one. */
    public static final String FULL = "full";

    /** Nobody makes it by using it. */
    public static final String MISSING = "missing";

    /** The same. */
    public static final String MISSING_YET = "missing.yet";

    /** Takes few messages; whoever has more has to wait. */
    public static final String BLOCKED = "blocked";

    private static final String DEAD_LETTERS = "dead-letters";

    private final int port = Scratch.freePort();
    private final Path folder = ScratchFolder.named("artemis");
    private final Guard guard = new Guard();
    private final int tlsPort = Scratch.freePort();
    private final @Nullable TlsSetup tls;
    private final String options;
    private @Nullable EmbeddedActiveMQ running;

    private EmbeddedArtemis(@Nullable TlsSetup tls, String options) {
        this.tls = tls;
        this.options = options;
    }

    public static EmbeddedArtemis started() {
        return started(null, "");
    }

    /** Notices after three seconds that a client has gone, and gives little credit at a time. */
    public static EmbeddedArtemis startedWatchful() {
        return started(null, ";amqpIdleTimeout=3000;amqpCredits=10;amqpLowCredits=5");
    }

    /**
     * Listens at a second port, too, where only who has a certificate gets in, by it (EXTERNAL).
     */
    public static EmbeddedArtemis startedWithTls(TlsSetup setup) {
        return started(setup, "");
    }

    private static EmbeddedArtemis started(@Nullable TlsSetup tls, String options) {
        EmbeddedArtemis broker = new EmbeddedArtemis(tls, options);
        broker.start();
        return broker;
    }

    /** Where it listens with TLS. */
    public int tlsPort() {
        return tlsPort;
    }

    @Override
    public String scheme() {
        return "amqp";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String forbiddenAddress() {
        return FORBIDDEN;
    }

    @Override
    public void start() {
        try {
            running = new EmbeddedActiveMQ().setConfiguration(config()).setSecurityManager(guard);
            running.start();
        } catch (Exception e) {
            throw new IllegalStateException("Artemis does not start", e);
        }
    }

    private Configuration config() throws Exception {
        AddressSettings all =
                new AddressSettings()
                        .setAutoCreateQueues(true)
                        .setAutoCreateAddresses(true)
                        .setAutoDeleteQueues(false)
                        .setAutoDeleteAddresses(false)
                        .setMaxDeliveryAttempts(-1)
                        .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                        .setExpiryAddress(SimpleString.of(DEAD_LETTERS));
        AddressSettings full =
                new AddressSettings()
                        .setMaxSizeMessages(1)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL);
        AddressSettings blocked =
                new AddressSettings()
                        .setMaxSizeMessages(1)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK);
        AddressSettings missing =
                new AddressSettings().setAutoCreateQueues(false).setAutoCreateAddresses(false);
        Configuration config = new ConfigurationImpl();
        if (tls != null) {
            config.addAcceptorConfiguration("amqps", tlsAcceptor(tls));
        }
        return config.setName("embedded")
                .setJMXManagementEnabled(false)
                .setAuthenticationCacheSize(0)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .addQueueConfiguration(queue(DEAD_LETTERS))
                .addQueueConfiguration(queue(FORBIDDEN))
                .addAddressSetting("#", all)
                .addAddressSetting(FULL, full)
                .addAddressSetting(BLOCKED, blocked)
                .addAddressSetting(MISSING, missing)
                .addAddressSetting(MISSING_YET, missing)
                .addAcceptorConfiguration(
                        "amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP" + options);
    }

    private String tlsAcceptor(TlsSetup setup) {
        Path keys = setup.server().writtenTo(folder.resolve("server.p12"));
        Path clients = setup.clients().certificateWrittenTo(folder.resolve("clients.p12"));
        return "tcp://127.0.0.1:"
                + tlsPort
                + "?protocols=AMQP;saslMechanisms=EXTERNAL;sslEnabled=true;needClientAuth=true"
                + ";keyStoreType=PKCS12;keyStorePath="
                + keys
                + ";keyStorePassword="
                + Certificates.PASSWORD
                + ";trustStoreType=PKCS12;trustStorePath="
                + clients
                + ";trustStorePassword="
                + Certificates.PASSWORD;
    }

    /** Has a user besides. */
    public void admit(String user, Predicate<String> password) {
        guard.users.put(user, password);
    }

    /** Whom it has let in, in order; {@code null} as a text for those who named no user. */
    public List<String> admitted() {
        return guard.admitted;
    }

    /** How many messages of a queue are not settled yet. */
    public long left(String queue) {
        Queue found = server().locateQueue(SimpleString.of(queue));
        return found == null ? 0 : found.getMessageCount();
    }

    /** How many messages were given up. */
    public long deadLetters() {
        return left(DEAD_LETTERS);
    }

    /** Deletes a queue, whoever consumes it. */
    public void delete(String queue) {
        try {
            server().destroyQueue(SimpleString.of(queue), null, false, true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void create(String queue) {
        try {
            server().addOrUpdateAddressInfo(
                            new AddressInfo(SimpleString.of(queue), RoutingType.ANYCAST));
            server().createQueue(queue(queue));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** There is room for so many messages; whoever has more is refused. */
    public void refuseAfter(String address, int messages) {
        AddressSettings settings =
                new AddressSettings()
                        .setMaxSizeMessages(messages)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL);
        server().getAddressSettingsRepository().addMatch(address, settings);
    }

    /** Takes no messages for any address, or takes them again, as an operator can have it do. */
    public void block(boolean blocked) {
        try {
            for (SimpleString address : server().getPagingManager().getStoreNames()) {
                PagingStore store = server().getPagingManager().getPageStore(address);
                if (blocked) {
                    store.block();
                } else {
                    store.unblock();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends all links. */
    public void closeLinks() {
        server().getRemotingService()
                .getConnections()
                .forEach(link -> link.fail(new ActiveMQException("closed by an operator")));
    }

    public int sessions() {
        return server().getSessions().size();
    }

    private static QueueConfiguration queue(String name) {
        return QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST);
    }

    /** How many links are open. */
    public int links() {
        return server().getRemotingService().getConnections().size();
    }

    private org.apache.activemq.artemis.core.server.ActiveMQServer server() {
        return java.util.Objects.requireNonNull(running).getActiveMQServer();
    }

    @Override
    public void stop() {
        try {
            if (running != null) {
                running.stop();
                running = null;
            }
        } catch (Exception e) {
            throw new IllegalStateException("Artemis does not stop", e);
        }
    }

    @Override
    public void close() {
        stop();
        ScratchFolder.delete(folder);
    }

    /** Lets everybody do everything but one thing. */
    private static final class Guard implements ActiveMQSecurityManager5 {
        private final Map<String, Predicate<String>> users =
                new ConcurrentHashMap<>(Map.of(USER, PASSWORD::equals));
        private final List<String> admitted = new CopyOnWriteArrayList<>();

        @Override
        public @Nullable Subject authenticate(
                @Nullable String user,
                @Nullable String password,
                RemotingConnection connection,
                @Nullable String domain) {
            boolean lets =
                    user == null
                            || users.getOrDefault(user, _ -> false)
                                    .test(password == null ? "" : password);
            if (!lets) {
                return null;
            }
            admitted.add(String.valueOf(user));
            var principal = new UserPrincipal(user == null ? "nobody" : user);
            return new Subject(true, Set.of(principal), Set.of(), Set.of());
        }

        @Override
        public boolean authorize(
                Subject subject, Set<Role> roles, CheckType check, String address) {
            // Of a queue the broker asks once more, by both of its names.
            return !address.equals(FORBIDDEN) && !address.startsWith(FORBIDDEN + "::");
        }

        @Override
        public boolean validateUser(String user, String password) {
            return false;
        }

        @Override
        public boolean validateUserAndRole(
                String user, String password, Set<Role> roles, CheckType check) {
            return false;
        }
    }
}
