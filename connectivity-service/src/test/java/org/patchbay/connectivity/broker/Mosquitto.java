package org.patchbay.connectivity.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.patchbay.cluster.node.ScratchFolder;

/** An installed mosquitto as a process of its own. */
public final class Mosquitto implements MqttBroker {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HASH_ROUNDS = 101;
    private static final int HASH_BITS = 512;

    /** Of the one length that the plugin takes. */
    private static final String SALT = "twelve bytes";

    /** Where the plugin takes orders. */
    private static final String CONTROL = "$CONTROL/dynamic-security/v1";

    private final Path binary;
    private final Path plugin;
    private final int port = Scratch.freePort();
    private final Path folder = ScratchFolder.named("mosquitto");
    private @Nullable Process running;

    private Mosquitto(Path binary, Path plugin) {
        this.binary = binary;
        this.plugin = plugin;
    }

    /** Skips the test where mosquitto is not installed, or fails it where it has to be. */
    public static Mosquitto startedOrSkipped() {
        Optional<Path> binary =
                find("mosquitto", System.getenv("PATH").split(":"), "/usr/sbin", "/usr/local/sbin");
        Optional<Path> plugin =
                find(
                        "mosquitto_dynamic_security.so",
                        new String[0],
                        "/usr/lib/x86_64-linux-gnu",
                        "/usr/lib/aarch64-linux-gnu",
                        "/usr/lib",
                        "/usr/local/lib");
        if (binary.isEmpty() || plugin.isEmpty()) {
            String missing = "mosquitto is not installed: apt-get install mosquitto";
            if (Boolean.parseBoolean(System.getenv("PATCHBAY_REQUIRE_BROKERS"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        Mosquitto broker = new Mosquitto(binary.get(), plugin.get());
        broker.start();
        return broker;
    }

    private static Optional<Path> find(String name, String[] path, String... more) {
        return Stream.concat(Stream.of(path), Stream.of(more))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isReadable)
                .findFirst();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int inflightWindow() {
        return 20;
    }

    @Override
    public boolean keepsReceiveMaximum() {
        return false;
    }

    @Override
    public void start() {
        try {
            Path config = Files.writeString(folder.resolve("mosquitto.conf"), config());
            Files.write(folder.resolve("dynsec.json"), dynamicSecurity());
            running =
                    new ProcessBuilder(binary.toString(), "-c", config.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("mosquitto.log").toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("mosquitto listens").atMost(PATIENCE).until(this::listens);
    }

    /** On the signal it writes what it has to keep. */
    @Override
    public void stop() {
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("mosquitto did not stop");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            running = null;
        }
    }

    /** Another password from now on; who is connected with the old one has to go. */
    public void changePassword(String user, String password) {
        ObjectNode command = new ObjectMapper().createObjectNode();
        command.putArray("commands")
                .addObject()
                .put("command", "setClientPassword")
                .put("username", user)
                .put("password", password);
        try (MqttProbe probe = MqttProbe.listening(this, CONTROL + "/response")) {
            probe.publish(CONTROL, command.toString(), 1);
            Awaitility.await("the password is changed")
                    .atMost(PATIENCE)
                    .until(() ->
                            probe.payloads().stream()
                                    .anyMatch(answer -> answer.contains("setClientPassword")));
            if (probe.payloads().toString().contains("error")) {
                throw new IllegalStateException("mosquitto refuses: " + probe.payloads());
            }
        }
    }

    @Override
    public void close() {
        stop();
        ScratchFolder.delete(folder);
    }

    private boolean listens() {
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException("mosquitto ended, see " + folder);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private String config() {
        return """
        listener %d 127.0.0.1
        allow_anonymous true
        plugin %s
        plugin_opt_config_file %s/dynsec.json
        persistence true
        persistence_location %s/
        max_queued_messages 100000
        user root
        """
                .formatted(port, plugin, folder, folder);
    }

    private static byte[] dynamicSecurity() throws IOException {
        byte[] salt = SALT.getBytes(StandardCharsets.US_ASCII);
        Map<String, Boolean> everything =
                Map.of(
                        "publishClientSend", true,
                        "publishClientReceive", true,
                        "subscribe", true,
                        "unsubscribe", true);
        Map<String, Object> forbidden =
                Map.of("acltype", "subscribePattern", "topic", FORBIDDEN + "/#", "allow", false);
        List<Map<String, String>> everybody = List.of(Map.of("rolename", "everybody"));
        return new ObjectMapper()
                .writeValueAsBytes(
                        Map.of(
                                "defaultACLAccess", everything,
                                "clients",
                                        List.of(
                                                Map.of(
                                                        "username", USER,
                                                        "salt", base64(salt),
                                                        "password", base64(hash(salt)),
                                                        "iterations", HASH_ROUNDS,
                                                        "roles", everybody)),
                                "groups",
                                        List.of(
                                                Map.of(
                                                        "groupname",
                                                        "anonymous",
                                                        "roles",
                                                        everybody)),
                                "anonymousGroup", "anonymous",
                                "roles",
                                        List.of(
                                                Map.of(
                                                        "rolename",
                                                        "everybody",
                                                        "acls",
                                                        List.of(
                                                                forbidden,
                                                                control("publishClientSend"),
                                                                control("publishClientReceive"),
                                                                control("subscribePattern"))))));
    }

    /** Everybody may give the plugin orders. */
    private static Map<String, Object> control(String what) {
        return Map.of("acltype", what, "topic", "$CONTROL/#", "allow", true);
    }

    private static byte[] hash(byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(
                            new PBEKeySpec(PASSWORD.toCharArray(), salt, HASH_ROUNDS, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
