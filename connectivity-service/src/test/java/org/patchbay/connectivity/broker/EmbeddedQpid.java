package org.patchbay.connectivity.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.jspecify.annotations.Nullable;

/** Qpid Broker-J in this JVM, with messages kept on disk. */
public final class EmbeddedQpid implements Amqp091Broker {

    private final int port = Scratch.freePort();
    private final Path folder = Scratch.folder("qpid");
    private @Nullable SystemLauncher running;

    private EmbeddedQpid() {}

    public static EmbeddedQpid started() {
        EmbeddedQpid broker = new EmbeddedQpid();
        broker.start();
        return broker;
    }

    @Override
    public int port() {
        return port;
    }

    /** It has no rules about who may read what. */
    @Override
    public @Nullable String forbiddenAddress() {
        return null;
    }

    @Override
    public void start() {
        try {
            Path config = Files.write(folder.resolve("initial.json"), config());
            SystemLauncher launcher = new SystemLauncher();
            launcher.startup(
                    Map.of(
                            "type", "JSON",
                            "storePath", folder.resolve("system.json").toString(),
                            "startupLoggedToSystemOut", "false",
                            "context", Map.of("qpid.work_dir", folder.toString()),
                            "initialConfigurationLocation", config.toString()));
            running = launcher;
        } catch (Exception e) {
            throw new IllegalStateException("Qpid does not start", e);
        }
    }

    private byte[] config() throws IOException {
        Map<String, Object> users =
                Map.of(
                        "name",
                        "passwords",
                        "type",
                        "Plain",
                        "secureOnlyMechanisms",
                        List.of(),
                        "users",
                        List.of(user(GUEST, GUEST), user(USER, PASSWORD)));
        Map<String, Object> listener =
                Map.of(
                        "name",
                        "AMQP",
                        "bindingAddress",
                        "127.0.0.1",
                        "port",
                        String.valueOf(port),
                        "authenticationProvider",
                        "passwords",
                        "virtualhostaliases",
                        List.of(Map.of("name", "default", "type", "defaultAlias")),
                        "protocols",
                        List.of("AMQP_0_9_1"));
        Map<String, Object> host =
                Map.of(
                        "name",
                        "default",
                        "type",
                        "DERBY",
                        "nodeAutoCreationPolicies",
                        List.of(),
                        "storePath",
                        folder.resolve("messages").toString());
        Map<String, Object> node =
                Map.of(
                        "name", "default",
                        "type", "JSON",
                        "defaultVirtualHostNode", "true",
                        "storePath", folder.resolve("node.json").toString(),
                        "virtualHostInitialConfiguration",
                                new ObjectMapper().writeValueAsString(host));
        return new ObjectMapper()
                .writeValueAsBytes(
                        Map.of(
                                "name", "embedded",
                                "modelVersion", "9.1",
                                "authenticationproviders", List.of(users),
                                "ports", List.of(listener),
                                "virtualhostnodes", List.of(node)));
    }

    private static Map<String, Object> user(String name, String password) {
        return Map.of("name", name, "type", "managed", "password", password);
    }

    @Override
    public void stop() {
        if (running != null) {
            running.shutdown();
            running = null;
        }
    }

    @Override
    public void close() {
        stop();
        Scratch.delete(folder);
    }
}
