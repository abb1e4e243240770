package org.patchbay.connectivity.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.node.ScratchFolder;

/**
 * Kafka in this JVM, broker and controller in one. Nobody logs in at {@link #port}; who names a
 * user does at {@link #saslPort}, by PLAIN or SCRAM.
 */
public final class EmbeddedKafka implements TestBroker {

    /** That nobody may read; {@link #FORBIDDEN_GROUP} that nobody may use. */
    public static final String FORBIDDEN_TOPIC = "forbidden";

    public static final String FORBIDDEN_GROUP = "forbidden-group";

    private static final List<String> MECHANISMS =
            List.of("plain", "scram-sha-256", "scram-sha-512");

    /** A host that nobody knows but who was told by {@link #standBehind}. */
    public static final String INSIDE = "kafka-1.inside.invalid";

    public static final int INSIDE_PORT = 9092;
    public static final int INSIDE_SASL_PORT = 9093;

    private static final String MODULES = "org.apache.kafka.common.security.";

    private final int port = Scratch.freePort();
    private final int saslPort = Scratch.freePort();
    private final int frontPort = Scratch.freePort();
    private final int behindFront = Scratch.freePort();
    private final int insidePort = Scratch.freePort();
    private final int insideSaslPort = Scratch.freePort();
    private final Path folder = ScratchFolder.named("kafka");
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> listeners = new ArrayList<>();
    private final List<String> advertised = new ArrayList<>();
    private @Nullable KafkaRaftServer running;

    private EmbeddedKafka() {
        int controllerPort = Scratch.freePort();
        listen("CONTROLLER", controllerPort, "PLAINTEXT");
        listen("PLAIN", port, "PLAINTEXT");
        listen("SASL", saslPort, "SASL_PLAINTEXT");
        listen("FRONTED", behindFront, "PLAINTEXT");
        listen("INSIDE", insidePort, "PLAINTEXT");
        listen("INSIDE_SASL", insideSaslPort, "SASL_PLAINTEXT");
        advertised.add("PLAIN://127.0.0.1:" + port);
        advertised.add("SASL://127.0.0.1:" + saslPort);
        advertised.add("FRONTED://127.0.0.1:" + frontPort);
        advertised.add("INSIDE://" + INSIDE + ":" + INSIDE_PORT);
        advertised.add("INSIDE_SASL://" + INSIDE + ":" + INSIDE_SASL_PORT);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAIN");
        settings.put("log.dirs", folder.resolve("data").toString());
        settings.put("num.partitions", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("log.flush.interval.messages", "1000");
        settings.put("controlled.shutdown.enable", "false");
        settings.put(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("allow.everyone.if.no.acl.found", "true");
        sasl("plain", "plain.PlainLoginModule required user_" + USER + "=\"" + PASSWORD + "\";");
        sasl("scram-sha-256", "scram.ScramLoginModule required;");
        sasl("scram-sha-512", "scram.ScramLoginModule required;");
    }

    private void sasl(String mechanism, String module) {
        for (String listener : List.of("sasl", "inside_sasl")) {
            String name = "listener.name." + listener + ".";
            settings.put(name + mechanism + ".sasl.jaas.config", MODULES + module);
            settings.merge(
                    name + "sasl.enabled.mechanisms",
                    mechanism.toUpperCase(Locale.ROOT),
                    (a, b) -> a + "," + b);
        }
    }

    private void listen(String name, int at, String protocol) {
        listeners.add(name + "://127.0.0.1:" + at);
        settings.merge(
                "listener.security.protocol.map", name + ":" + protocol, (a, b) -> a + "," + b);
    }

    public static EmbeddedKafka started() {
        return new EmbeddedKafka().running();
    }

    /** Topics are there when somebody has made them, not because somebody asks for them. */
    public static EmbeddedKafka makingNoTopics() {
        EmbeddedKafka broker = new EmbeddedKafka();
        broker.settings.put("auto.create.topics.enable", "false");
        return broker.running();
    }

    /** Who has logged in has to do so again after this time. */
    public static EmbeddedKafka askingAgainAfter(Duration session) {
        EmbeddedKafka broker = new EmbeddedKafka();
        for (String mechanism : MECHANISMS) {
            broker.settings.put(
                    "listener.name.sasl." + mechanism + ".connections.max.reauth.ms",
                    String.valueOf(session.toMillis()));
        }
        return broker.running();
    }

    private EmbeddedKafka running() {
        start();
        try (KafkaProbe probe = KafkaProbe.at(this)) {
            probe.createTopic(FORBIDDEN_TOPIC, 1).forbid(FORBIDDEN_TOPIC, FORBIDDEN_GROUP);
        }
        return this;
    }

    @Override
    public String scheme() {
        return "tcp";
    }

    @Override
    public int port() {
        return port;
    }

    public int saslPort() {
        return saslPort;
    }

    /**
     * Has this server lead to the broker at {@link #INSIDE}, and what it sends its clients to: no
     * other way leads there, not even from this machine.
     */
    public void standBehind(SshServer server) {
        server.lead(INSIDE, INSIDE_PORT, insidePort);
        server.lead(INSIDE, INSIDE_SASL_PORT, insideSaslPort);
    }

    /** What stands behind {@link #INSIDE_PORT}. */
    public int insidePort() {
        return insidePort;
    }

    /** Where a front has to stand, for the broker tells whoever came through it to come there. */
    public int frontPort() {
        return frontPort;
    }

    /** What stands behind the front. */
    public int behindFront() {
        return behindFront;
    }

    @Override
    public String uri(String user, String password) {
        return TestBroker.super
                .uri(user, password)
                .replace("@127.0.0.1:" + port, "@127.0.0.1:" + saslPort);
    }

    @Override
    public String forbiddenAddress() {
        return FORBIDDEN_TOPIC;
    }

    /** Whether the broker keeps anybody waiting who publishes more than a limit allows. */
    public boolean keepsPublishersWaiting() {
        MBeanServer known = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName client :
                    known.queryNames(
                            new ObjectName("kafka.server:type=Produce,client-id=*"), null)) {
                if (known.getAttribute(client, "throttle-time") instanceof Double millis
                        && millis > 0) {
                    return true;
                }
            }
            return false;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start() {
        settings.put("listeners", String.join(",", listeners));
        settings.put("advertised.listeners", String.join(",", advertised));
        format();
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
        running = server;
    }

    private void format() {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve("server.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var said = new ByteArrayOutputStream();
        int code =
                StorageTool.execute(
                        new String[] {
                            "format",
                            "--ignore-formatted",
                            "--cluster-id",
                            "patchbay-embedded-kafk",
                            "--config",
                            file.toString(),
                            "--add-scram",
                            "SCRAM-SHA-256=[name=" + USER + ",password=" + PASSWORD + "]",
                            "--add-scram",
                            "SCRAM-SHA-512=[name=" + USER + ",password=" + PASSWORD + "]"
                        },
                        new PrintStream(said, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void stop() {
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            running = null;
        }
    }

    @Override
    public void close() {
        stop();
        ScratchFolder.delete(folder);
    }
}
