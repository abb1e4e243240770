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
import org.patchbay.connectivity.broker.tls.TlsSetup;

/** HiveMQ's community edition in this JVM. */
public final class EmbeddedMqttBroker implements MqttBroker {

    private final int port = Scratch.freePort();
    private final Path folder = Scratch.folder("hivemq");
    private final @Nullable Tls tls;
    private final Doorman doorman = new Doorman();
    private @Nullable EmbeddedHiveMQ running;

    /** Stores of the server's key and of whom clients must be issued by. */
    private record Tls(int port, Path server, Path clients) {}

    private EmbeddedMqttBroker(@Nullable Tls tls) {
        this.tls = tls;
    }

    public static EmbeddedMqttBroker started() {
        EmbeddedMqttBroker broker = new EmbeddedMqttBroker(null);
        broker.start();
        return broker;
    }

    /** With a second listener, for clients that show this certificate. */
    public static EmbeddedMqttBroker startedWithTls(Certificates server, Certificates clients) {
        return startedWithTls(server.store(), clients.store());
    }

    /** The same, with what it shows and whose clients it wants. */
    public static EmbeddedMqttBroker startedWithTls(TlsSetup setup) {
        Path stores = Scratch.folder("hivemq-tls");
        try {
            return startedWithTls(
                    setup.server().writtenTo(stores.resolve("server.p12")),
                    setup.clients().certificateWrittenTo(stores.resolve("clients.p12")));
        } finally {
            Scratch.delete(stores);
        }
    }

    private static EmbeddedMqttBroker startedWithTls(Path server, Path clients) {
        EmbeddedMqttBroker broker =
                new EmbeddedMqttBroker(new Tls(Scratch.freePort(), server, clients));
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
        return List.copyOf(doorman.seen);
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
        Scratch.delete(folder);
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
                .formatted(port, tls == null ? "" : tlsListener(tls));
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

        private final List<String> seen = new CopyOnWriteArrayList<>();

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
            seen.add(connect.getClientId());
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
