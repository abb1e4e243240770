package org.patchbay.connectivity.broker;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.Authenticator;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.node.ScratchFolder;
import org.patchbay.connectivity.broker.tls.TlsSetup;

/** HiveMQ's community edition in this JVM. */
public final class EmbeddedMqttBroker implements MqttBroker {

    /** As MQTT allows. */
    private static final int PACKET_BYTES_MAX = 268_435_460;

    private final int port = Scratch.freePort();
    private final Path folder = ScratchFolder.named("hivemq");
    private final @Nullable Tls tls;
    private final int packetBytesMax;
    private final Doorman doorman = new Doorman();
    private @Nullable EmbeddedHiveMQ running;

    /** Stores of the server's key and of whom clients must be issued by. */
    private record Tls(int port, Path server, Path clients) {}

    /**
     * What a client has said of itself when it came.
     *
     * @param version as MQTT names it
     * @param will in words; empty where there is none
     */
    public record Greeting(
            String clientId,
            String version,
            boolean cleanStart,
            long sessionExpirySeconds,
            int keepAliveSeconds,
            int receiveMaximum,
            String will) {

        private static Greeting of(ConnectPacket packet) {
            return new Greeting(
                    packet.getClientId(),
                    packet.getMqttVersion().name(),
                    packet.getCleanStart(),
                    packet.getSessionExpiryInterval(),
                    packet.getKeepAlive(),
                    packet.getReceiveMaximum(),
                    packet.getWillPublish().map(Greeting::words).orElse(""));
        }

        private static String words(WillPublishPacket will) {
            String payload =
                    will.getPayload()
                            .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
                            .orElse("");
            return "%s, QoS %d, %s: %s"
                    .formatted(
                            will.getTopic(),
                            will.getQos().getQosNumber(),
                            will.getRetain() ? "retained" : "not retained",
                            payload);
        }
    }

    private EmbeddedMqttBroker(@Nullable Tls tls, int packetBytesMax) {
        this.tls = tls;
        this.packetBytesMax = packetBytesMax;
    }

    public static EmbeddedMqttBroker started() {
        EmbeddedMqttBroker broker = new EmbeddedMqttBroker(null, PACKET_BYTES_MAX);
        broker.start();
        return broker;
    }

    /** One that takes no message with more bytes than this. */
    public static EmbeddedMqttBroker startedTaking(int packetBytesMax) {
        EmbeddedMqttBroker broker = new EmbeddedMqttBroker(null, packetBytesMax);
        broker.start();
        return broker;
    }

    /** With a second listener, for clients that show this certificate. */
    public static EmbeddedMqttBroker startedWithTls(Certificates server, Certificates clients) {
        return startedWithTls(server.store(), clients.store());
    }

    /** The same, with what it shows and whose clients it wants. */
    public static EmbeddedMqttBroker startedWithTls(TlsSetup setup) {
        Path stores = ScratchFolder.named("hivemq-tls");
        try {
            return startedWithTls(
                    setup.server().writtenTo(stores.resolve("server.p12")),
                    setup.clients().certificateWrittenTo(stores.resolve("clients.p12")));
        } finally {
            ScratchFolder.delete(stores);
        }
    }

    private static EmbeddedMqttBroker startedWithTls(Path server, Path clients) {
        EmbeddedMqttBroker broker =
                new EmbeddedMqttBroker(
                        new Tls(Scratch.freePort(), server, clients), PACKET_BYTES_MAX);
        broker.start();
        return broker;
    }

    public int tlsPort() {
        if (tls == null) {
            throw new IllegalStateException("It has no listener for TLS.");
        }
        return tls.port();
    }

    public String tlsUri() {
        return "ssl://127.0.0.1:" + tlsPort();
    }

    @Override
    public int port() {
        return port;
    }

    /** Who has ever connected, by client id. */
    public List<String> seen() {
        return greetings().stream().map(Greeting::clientId).toList();
    }

    /** What all who have ever connected have said of themselves. */
    public List<Greeting> greetings() {
        return List.copyOf(doorman.seen);
    }

    /** Who is connected, by client id, of those that were ever seen. */
    public List<String> connected() {
        return seen().stream()
                .distinct()
                .filter(id -> Services.clientService().isClientConnected(id).join())
                .toList();
    }

    /** Who is connected, or has a session kept, of those that were ever seen. */
    public List<String> known() {
        return seen().stream()
                .distinct()
                .filter(id -> Services.clientService().getSession(id).join().isPresent())
                .toList();
    }

    @Override
    public int inflightWindow() {
        return 50;
    }

    @Override
    public boolean keepsReceiveMaximum() {
        return true;
    }

    @Override
    public void start() {
        try {
            Path configuration = Files.createDirectories(folder.resolve("conf"));
            Files.writeString(configuration.resolve("config.xml"), config());
            EmbeddedHiveMQ broker =
                    EmbeddedHiveMQ.builder()
                            .withConfigurationFolder(configuration)
                            .withDataFolder(Files.createDirectories(folder.resolve("data")))
                            .withExtensionsFolder(
                                    Files.createDirectories(folder.resolve("extensions")))
                            .withEmbeddedExtension(doorman())
                            .withoutLoggingBootstrap()
                            .build();
            broker.start().join();
            running = broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (running != null) {
            running.stop().join();
            running = null;
        }
    }

    @Override
    public void close() {
        stop();
        ScratchFolder.delete(folder);
    }

    private String config() {
        return """
        <?xml version="1.0"?>
        <hivemq>
          <listeners>
            <tcp-listener>
              <port>%d</port>
              <bind-address>127.0.0.1</bind-address>
            </tcp-listener>
            %s
          </listeners>
          <mqtt>
            <packets>
              <max-packet-size>%d</max-packet-size>
            </packets>
            <queued-messages>
              <max-queue-size>100000</max-queue-size>
            </queued-messages>
          </mqtt>
          <persistence>
            <mode>file</mode>
          </persistence>
          <anonymous-usage-statistics>
            <enabled>false</enabled>
          </anonymous-usage-statistics>
        </hivemq>
        """
                .formatted(port, tls == null ? "" : tlsListener(tls), packetBytesMax);
    }

    private static String tlsListener(Tls tls) {
        return """
        <tls-tcp-listener>
          <port>%1$d</port>
          <bind-address>127.0.0.1</bind-address>
          <tls>
            <keystore>
              <path>%2$s</path>
              <password>%4$s</password>
              <private-key-password>%4$s</private-key-password>
            </keystore>
            <truststore>
              <path>%3$s</path>
              <password>%4$s</password>
            </truststore>
            <client-authentication-mode>REQUIRED</client-authentication-mode>
          </tls>
        </tls-tcp-listener>
        """
                .formatted(tls.port(), tls.server(), tls.clients(), Certificates.PASSWORD);
    }

    private EmbeddedExtension doorman() {
        return EmbeddedExtension.builder()
                .withId("doorman")
                .withName("doorman")
                .withVersion("1")
                .withAuthor("Patchbay")
                .withPriority(1)
                .withStartPriority(1000)
                .withExtensionMain(doorman)
                .build();
    }

    /** Knows one user and one forbidden topic. */
    private static final class Doorman implements ExtensionMain, SimpleAuthenticator {

        private final List<Greeting> seen = new CopyOnWriteArrayList<>();

        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            Authenticator authenticator = this;
            Services.securityRegistry().setAuthenticatorProvider(provided -> authenticator);
            SubscriptionAuthorizer authorizer =
                    (asked, answer) -> {
                        String filter = asked.getSubscription().getTopicFilter();
                        if (filter.startsWith(FORBIDDEN + "/")) {
                            answer.failAuthorization();
                        } else {
                            answer.authorizeSuccessfully();
                        }
                    };
            Services.securityRegistry().setAuthorizerProvider(provided -> authorizer);
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}

        @Override
        public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
            var connect = input.getConnectPacket();
            seen.add(Greeting.of(connect));
            String password =
                    connect.getPassword()
                            .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
                            .orElse("");
            boolean known =
                    connect.getUserName()
                            .map(name -> name.equals(USER) && password.equals(PASSWORD))
                            .orElse(true);
            output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.ALLOW);
            if (known) {
                output.authenticateSuccessfully();
            } else {
                output.failAuthentication();
            }
        }
    }
}
