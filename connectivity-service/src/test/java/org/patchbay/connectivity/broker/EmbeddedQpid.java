package org.patchbay.connectivity.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.node.ScratchFolder;
import org.patchbay.connectivity.broker.tls.TlsSetup;

/** Qpid Broker-J in this JVM, with messages kept on disk. */
public final class EmbeddedQpid implements Amqp091Broker {

    private final int port = Scratch.freePort();
    private final int tlsPort = Scratch.freePort();
    private final Path folder = ScratchFolder.named("qpid");
    private final @Nullable TlsSetup tls;
    private @Nullable SystemLauncher running;

    private EmbeddedQpid(@Nullable TlsSetup tls) {
        this.tls = tls;
    }

    public static EmbeddedQpid started() {
        EmbeddedQpid broker = new EmbeddedQpid(null);
        broker.start();
        return broker;
    }

    /** With a second port, whose users are known by their certificates. */
    public static EmbeddedQpid startedWithTls(TlsSetup setup) {
        EmbeddedQpid broker = new EmbeddedQpid(setup);
        broker.start();
        return broker;
    }

    public int tlsPort() {
        return tlsPort;
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
        Map<String, Object> broker =
                new HashMap<>(
                        Map.of(
                                "name", "embedded",
                                "modelVersion", "9.1",
                                "authenticationproviders", List.of(users),
                                "ports", List.of(listener("AMQP", port, "passwords", Map.of())),
                                "virtualhostnodes", List.of(node)));
        if (tls != null) {
            addTls(broker, users, tls);
        }
        return new ObjectMapper().writeValueAsBytes(broker);
    }

    private void addTls(Map<String, Object> broker, Map<String, Object> users, TlsSetup setup) {
        Path server = setup.server().writtenTo(folder.resolve("server.p12"));
        Path clients = setup.clients().certificateWrittenTo(folder.resolve("clients.p12"));
        Map<String, Object> secured =
                Map.of(
                        "transports",
                        List.of("SSL"),
                        "keyStore",
                        "server",
                        "trustStores",
                        List.of("clients"),
                        "needClientAuth",
                        "true");
        broker.put("keystores", List.of(store("server", "FileKeyStore", server)));
        broker.put("truststores", List.of(store("clients", "FileTrustStore", clients)));
        broker.put(
                "authenticationproviders",
                List.of(users, Map.of("name", "certificates", "type", "External")));
        broker.put(
                "ports",
                List.of(
                        listener("AMQP", port, "passwords", Map.of()),
                        listener("AMQPS", tlsPort, "certificates", secured)));
    }

    private static Map<String, Object> store(String name, String type, Path file) {
        String kind = type.equals("FileKeyStore") ? "keyStoreType" : "trustStoreType";
        return Map.of(
                "name",
                name,
                "type",
                type,
                "storeUrl",
                file.toString(),
                kind,
                "pkcs12",
                "password",
                Certificates.PASSWORD);
    }

    private static Map<String, Object> listener(
            String name, int port, String users, Map<String, Object> more) {
        Map<String, Object> listener =
                new HashMap<>(
                        Map.of(
                                "name",
                                name,
                                "bindingAddress",
                                "127.0.0.1",
                                "port",
                                String.valueOf(port),
                                "authenticationProvider",
                                users,
                                "virtualhostaliases",
                                List.of(Map.of("name", "default", "type", "defaultAlias")),
                                "protocols",
                                List.of("AMQP_0_9_1")));
        listener.putAll(more);
        return listener;
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
        ScratchFolder.delete(folder);
    }
}
