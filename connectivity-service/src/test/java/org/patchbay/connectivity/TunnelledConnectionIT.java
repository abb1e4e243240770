package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.Certificates;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.dryrun.LayerResult;
import org.patchbay.connectivity.model.dryrun.LayerResult.Failed;
import org.patchbay.connectivity.model.dryrun.LayerResult.Passed;
import org.patchbay.connectivity.model.dryrun.LayerResult.Skipped;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;

/** Connections of a node whose broker is reached through an SSH server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TunnelledConnectionIT {

    private final ConnectivityNode nodes = new ConnectivityNode();
    private Certificates authority;
    private Certificates serverKey;
    private Certificates clientKey;
    private EmbeddedMqttBroker broker;
    private SshServer server;
    private TestCluster cluster;
    private ActorSystem<Void> node;

    @BeforeAll
    void start(@TempDir Path data) {
        authority = Certificates.authority();
        serverKey = authority.issued("dns:localhost");
        clientKey = Certificates.made();
        broker = EmbeddedMqttBroker.startedWithTls(serverKey, clientKey);
        server = SshServer.started("EC");
        cluster = TestCluster.in(data, nodes::guardian);
        node = cluster.start();
    }

    @AfterAll
    void stop() {
        cluster.close();
        server.close();
        broker.close();
        clientKey.close();
        serverKey.close();
        authority.close();
    }

    @AfterEach
    void nobody_stays_logged_in() {
        server.forward(true);
        patiently().until(() -> server.sessions() == 0);
    }

    @Test
    void a_connection_loses_nothing_with_its_tunnel_and_shows_how_that_is() {
        try (MqttProbe device = MqttProbe.at(broker)) {
            // Given
            ConnectivityNode.ask(
                    node,
                    "through",
                    new ConnectionCommand.Create(connection(broker.uri(), server.tunnel())));
            patiently().until(() -> liveStatus().equals("open"));
            assertThat(tunnelStatus().path("status").asText()).isEqualTo("open");
            assertThat(tunnelStatus().path("statusDetails").asText())
                    .contains(server.fingerprint(0, "sha256"));
            assertThat(tunnelStatus().path("address").asText())
                    .isEqualTo("ssh://127.0.0.1:" + server.port());
            publish(device, 0, 50);

            // When
            patiently().until(() -> !nodes.taken().isEmpty());
            server.stop();
            publish(device, 50, 100);

            // Then
            patiently()
                    .untilAsserted(() -> {
                        assertThat(liveStatus()).isEqualTo("failed");
                        assertThat(tunnelStatus().path("status").asText()).isEqualTo("failed");
                        assertThat(tunnelStatus().path("statusDetails").asText())
                                .contains("SSH server 127.0.0.1:" + server.port());
                    });
            server.start();
            patiently().until(() -> values().size() == 100);
            assertThat(values())
                    .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
            patiently().until(() -> liveStatus().equals("open"));

            ConnectivityNode.ask(
                    node,
                    "through",
                    new ConnectionCommand.Delete(ConnectionCommand.Preconditions.NONE));
        }
    }

    @Test
    void a_dry_run_goes_through_the_tunnel() {
        DryRunReport report = run(broker.uri(), server.tunnel());

        assertThat(report.problem()).isNull();
        assertThat(((Passed) report.layers().get(Layer.TUNNEL.ordinal())).message())
                .contains(server.fingerprint(0, "sha256"));
        assertThat(report.layers().get(Layer.NAME_RESOLUTION.ordinal()))
                .isInstanceOf(Skipped.class);
        assertThat(((Passed) report.layers().get(Layer.TCP.ordinal())).message())
                .contains("127.0.0.1:" + broker.port() + " through the tunnel");
        assertThat(report.layers().get(Layer.ADDRESSES.ordinal())).isInstanceOf(Passed.class);
    }

    @Test
    void a_dry_run_tells_the_tunnel_from_what_lies_behind_it() {
        SshTunnel unknown = server.tunnel(TestBroker.PASSWORD, "SHA256:" + "A".repeat(43));
        SshTunnel refused = server.tunnel("wrong", server.fingerprint(0, "md5"));

        assertFailed(run(broker.uri(), unknown), Layer.TUNNEL, "knownHosts");
        assertFailed(run(broker.uri(), refused), Layer.TUNNEL, "does not let in");
        assertFailed(
                run("tcp://127.0.0.1:" + Scratch.freePort(), server.tunnel()),
                Layer.TCP,
                "can't reach");
        server.forward(false);
        assertFailed(run(broker.uri(), server.tunnel()), Layer.TUNNEL, "does not allow to forward");
    }

    @Test
    void a_certificate_is_for_the_host_beyond_the_tunnel() {
        Consumer<ObjectNode> identified =
                json ->
                        json.put("ca", authority.certificatePem())
                                .putObject("credentials")
                                .put("type", "client-cert")
                                .put("cert", clientKey.certificatePem())
                                .put("key", clientKey.keyPem());
        String right = broker.tlsUri().replace("127.0.0.1", "localhost");

        assertThat(run(right, server.tunnel(), identified).problem()).isNull();
        assertFailed(run(broker.tlsUri(), server.tunnel(), identified), Layer.TLS, "another host");
    }

    private DryRunReport run(String uri, SshTunnel tunnel) {
        return run(uri, tunnel, _ -> {});
    }

    private DryRunReport run(String uri, SshTunnel tunnel, Consumer<ObjectNode> changes) {
        ObjectNode json = ConnectionJson.write(connection(uri, tunnel));
        changes.accept(json);
        ConnectionReply reply =
                ConnectivityNode.ask(
                        node,
                        UUID.randomUUID().toString(),
                        new ConnectionCommand.Test(ConnectionJson.read(json)));
        return ((ConnectionReply.Tested) reply).report();
    }

    private static void assertFailed(DryRunReport report, Layer layer, String why) {
        LayerResult result = report.layers().get(layer.ordinal());
        assertThat(result).as(report.toString()).isInstanceOf(Failed.class);
        assertThat(((Failed) result).message()).contains(why);
        assertThat(report.problem().status()).isEqualTo(504);
    }

    private static Connection connection(String uri, SshTunnel tunnel) {
        return Tunnelled.through(SampleConnections.mqtt("through", uri), tunnel);
    }

    private JsonNode status() {
        ConnectionReply reply =
                ConnectivityNode.ask(node, "through", new ConnectionCommand.RetrieveStatus());
        return ((ConnectionReply.Report) reply).json();
    }

    private String liveStatus() {
        return status().path("liveStatus").asText();
    }

    private JsonNode tunnelStatus() {
        JsonNode tunnels = status().path("sshTunnelStatus");
        assertThat(tunnels).hasSize(1);
        assertThat(tunnels.get(0).path("type").asText()).isEqualTo("sshTunnel");
        return tunnels.get(0);
    }

    private static void publish(MqttProbe device, int from, int to) {
        IntStream.range(from, to)
                .mapToObj(n ->
                        """
                        {"topic": "org.acme/dev/things/twin/commands/modify",
                         "headers": {"correlation-id": "%d"},
                         "path": "/attributes/n", "value": %d}
                        """
                                .formatted(n, n))
                .forEach(message -> device.publish("in/dev", message, 1));
    }

    private List<Integer> values() {
        return nodes.taken().stream()
                .map(signal -> Objects.requireNonNull(signal.value()).intValue())
                .distinct()
                .toList();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
