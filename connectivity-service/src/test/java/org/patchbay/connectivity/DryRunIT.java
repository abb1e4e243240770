package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.Certificates;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.Mosquitto;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.broker.MuteServer;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.broker.TlsServer;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.dryrun.LayerResult;
import org.patchbay.connectivity.model.dryrun.LayerResult.Failed;
import org.patchbay.connectivity.model.dryrun.LayerResult.NotReached;
import org.patchbay.connectivity.model.dryrun.LayerResult.Passed;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.json.MappingTestJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.protocol.json.Json;

/** Dry runs on a node, against brokers and servers that let in, refuse, or keep silent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryRunIT {

    private Certificates serverKey;
    private Certificates clientKey;
    private Certificates authority;
    private KeyStore validKey;
    private EmbeddedMqttBroker broker;
    private TestCluster cluster;
    private ActorSystem<Void> node;

    @BeforeAll
    void start(@TempDir Path data) {
        serverKey = Certificates.made();
        clientKey = Certificates.made();
        authority = Certificates.authority();
        validKey = authority.issued("ip:127.0.0.1", -1, 9);
        broker = EmbeddedMqttBroker.startedWithTls(serverKey, clientKey);
        cluster =
                TestCluster.in(
                        data,
                        new ConnectivityNode()::guardian,
                        """
                        ditto.connectivity.client.testing-timeout = 5s
                        ditto.connectivity.hono.bootstrap-servers = "127.0.0.1:1,127.0.0.1:2"
                        """);
        node = cluster.start();
    }

    @AfterAll
    void stop() {
        cluster.close();
        broker.close();
        authority.close();
        clientKey.close();
        serverKey.close();
    }

    @AfterEach
    void nothing_is_left() {
        assertThat(ConnectivityNode.ids(node)).isEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(broker.known()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "mqtt-5"})
    void a_connection_that_works_passes_all_layers(String type) {
        DryRunReport report = run(broker.uri(), json -> json.put("connectionType", type));

        assertThat(report.problem()).isNull();
        assertThat(report.layers()).extracting(LayerResult::layer).containsExactly(Layer.values());
        assertThat(passed(report))
                .containsExactly(
                        Layer.CONFIGURATION,
                        Layer.MAPPING,
                        Layer.HOST_POLICY,
                        Layer.NAME_RESOLUTION,
                        Layer.TCP,
                        Layer.AUTHENTICATION,
                        Layer.ADDRESSES);
    }

    @Test
    void a_connection_over_tls_with_a_client_certificate_passes_that_too() {
        DryRunReport report = run(broker.tlsUri(), json -> identify(json, serverKey, clientKey));

        assertThat(report.problem()).isNull();
        assertThat(passed(report)).contains(Layer.TLS);
    }

    @Test
    void a_running_connection_is_not_disturbed_by_the_trial_of_the_same() {
        Connection running =
                connection(
                        broker.uri(),
                        json -> {
                            json.put("id", "running");
                            json.putObject("specificConfig").put("clientId", "the-one");
                        });
        ConnectivityNode.ask(node, "running", new ConnectionCommand.Create(running));
        ConnectivityNode.ask(node, "running", new ConnectionCommand.Open());
        int before = broker.seen().size();

        DryRunReport report = run(running);

        assertThat(report.problem()).isNull();
        assertThat(ConnectivityNode.liveStatus(node, "running")).isEqualTo("open");
        assertThat(broker.known()).containsExactly("the-one");
        assertThat(broker.seen().subList(before, broker.seen().size()))
                .singleElement()
                .satisfies(id -> assertThat(id).startsWith("the-one-trial-"));
        ConnectivityNode.ask(
                node,
                "running",
                new ConnectionCommand.Delete(ConnectionCommand.Preconditions.NONE));
        forget("the-one");
    }

    @Test
    void a_script_that_is_broken_fails_the_mapping_before_anything_is_connected_to() {
        int before = broker.seen().size();

        DryRunReport report =
                run(
                        broker.uri(),
                        json ->
                                json.putObject("mappingDefinitions")
                                        .putObject("m")
                                        .put("mappingEngine", "JavaScript")
                                        .putObject("options")
                                        .put("incomingScript", "function ("));

        assertFailed(report, Layer.MAPPING, null, 400);
        assertThat(failed(report).message()).contains("incomingScript, line 1");
        assertThat(broker.seen()).hasSize(before);
    }

    @Test
    void an_invalid_option_fails_the_configuration() {
        DryRunReport report =
                run(
                        broker.uri(),
                        json ->
                                json.putObject("specificConfig")
                                        .put("lastWillQos", "7")
                                        .put("lastWillTopic", "gone"));

        assertFailed(report, Layer.CONFIGURATION, null, 400);
        assertThat(failed(report).message()).contains("lastWillQos");
    }

    @Test
    void a_host_that_may_not_be_reached_fails_the_host_policy() {
        assertFailed(run("tcp://10.0.0.1:1883"), Layer.HOST_POLICY, null, 400);
    }

    @Test
    void a_name_that_nobody_knows_fails_the_name_resolution() {
        assertFailed(run("tcp://nobody.invalid:1883"), Layer.NAME_RESOLUTION, null, 504);
    }

    @Test
    void a_port_where_nobody_listens_fails_tcp() {
        DryRunReport report = run("tcp://127.0.0.1:" + Scratch.freePort());

        assertFailed(report, Layer.TCP, null, 504);
        assertThat(report.explained().description())
                .contains("Failed layer: tcp")
                .contains("Passed: configuration")
                .contains("Not reached: tls, authentication, addresses.");
    }

    @ParameterizedTest
    @CsvSource({"tcp, AUTHENTICATION", "ssl, TLS"})
    void a_server_that_keeps_silent_is_given_up_and_left(String scheme, Layer layer) {
        try (MuteServer mute = MuteServer.started()) {
            DryRunReport report = run(scheme + "://127.0.0.1:" + mute.port());

            assertFailed(report, layer, null, 504);
            Awaitility.await().until(() -> mute.open() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "expired,       ip:127.0.0.1,  -10,  5",
        "not-yet-valid, ip:127.0.0.1,    5, 10",
        "wrong-host,    dns:a.example,  -1, 10",
        "wrong-host,    ip:127.0.0.2,   -1, 10"
    })
    void a_certificate_that_is_wrong_fails_tls_with_the_check(
            String check, String subject, int start, int days) {
        KeyStore key = authority.issued(subject, start, days);
        try (TlsServer server = TlsServer.with(key)) {
            DryRunReport report =
                    run(
                            "ssl://127.0.0.1:" + server.port(),
                            json -> json.put("ca", authority.certificatePem()));

            assertFailed(report, Layer.TLS, check, 504);
            Awaitility.await().until(() -> server.open() == 0);
        }
    }

    @Test
    void a_certificate_of_an_unknown_authority_fails_tls() {
        assertFailed(
                run(broker.tlsUri(), json -> identify(json, clientKey, clientKey)),
                Layer.TLS,
                "unknown-ca",
                504);
    }

    @Test
    void a_port_without_tls_fails_tls() {
        try (TestBroker mosquitto = Mosquitto.startedOrSkipped()) {
            DryRunReport report = run("ssl://127.0.0.1:" + mosquitto.port());

            assertThat(failed(report).layer()).isEqualTo(Layer.TLS);
            assertThat(failed(report).check()).isIn("handshake", "no-tls");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_client_certificate_that_is_missing_or_refused_fails_tls(String protocol)
            throws GeneralSecurityException {
        try (TlsServer server = TlsServer.with(validKey, validKey, protocol)) {
            String uri = "ssl://127.0.0.1:" + server.port();

            DryRunReport missing = run(uri, json -> json.put("ca", authority.certificatePem()));
            DryRunReport refused = run(uri, json -> identify(json, authority, clientKey));

            assertFailed(missing, Layer.TLS, "client-certificate-missing", 504);
            assertFailed(refused, Layer.TLS, "client-certificate-refused", 504);
        }
    }

    @Test
    void a_broker_that_wants_a_client_certificate_says_so() {
        assertFailed(
                run(broker.tlsUri(), json -> json.put("ca", serverKey.certificatePem())),
                Layer.TLS,
                "client-certificate-missing",
                504);
    }

    @Test
    void a_wrong_password_fails_the_authentication_and_is_not_shown() {
        DryRunReport report = run(broker.uri(TestBroker.USER, "hush-hush"));

        assertFailed(report, Layer.AUTHENTICATION, null, 504);
        assertThat(report.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "mqtt-5"})
    void mosquitto_refuses_a_password_and_an_address(String type) {
        try (TestBroker mosquitto = Mosquitto.startedOrSkipped()) {
            Consumer<ObjectNode> asType = json -> json.put("connectionType", type);

            assertFailed(
                    run(mosquitto.uri(TestBroker.USER, "wrong"), asType),
                    Layer.AUTHENTICATION,
                    null,
                    504);
            DryRunReport forbidden =
                    run(
                            mosquitto.uri(),
                            asType.andThen(json ->
                                    address(json, "allowed", MqttBroker.FORBIDDEN + "/topic")));
            assertFailed(forbidden, Layer.ADDRESSES, null, 504);
            assertThat(failed(forbidden).message())
                    .contains(MqttBroker.FORBIDDEN + "/topic")
                    .doesNotContain("allowed");
        }
    }

    @Test
    void an_address_that_is_forbidden_fails_the_addresses() {
        assertFailed(
                run(
                        broker.uri(),
                        json ->
                                address(
                                        json.put("connectionType", "mqtt-5"),
                                        MqttBroker.FORBIDDEN + "/topic")),
                Layer.ADDRESSES,
                null,
                504);
    }

    @Test
    void an_endpoint_that_is_pushed_to_is_connected_to_and_sent_nothing() {
        try (TlsServer server = TlsServer.with(validKey)) {
            DryRunReport report =
                    run(
                            "https://127.0.0.1:" + server.port(),
                            json -> {
                                ofType(json, "http-push");
                                json.put("ca", authority.certificatePem());
                            });

            assertThat(passed(report)).contains(Layer.TCP, Layer.TLS, Layer.AUTHENTICATION);
        }
    }

    @Test
    void all_bootstrap_servers_are_tried_and_one_is_enough() {
        try (MuteServer listening = MuteServer.started()) {
            int free = Scratch.freePort();

            DryRunReport one =
                    run("tcp://127.0.0.1:1", json -> kafka(json, listening.port(), free));
            DryRunReport none = run("tcp://127.0.0.1:1", json -> kafka(json, free, free));

            assertThat(message(one, Layer.TCP))
                    .contains("Connected to 127.0.0.1:" + listening.port())
                    .contains("But: 127.0.0.1:" + free);
            assertFailed(one, Layer.AUTHENTICATION, null, 504);
            assertFailed(none, Layer.TCP, null, 504);
        }
    }

    @Test
    void a_mapping_is_tried_out_wherever_a_made_up_id_leads() {
        var test =
                MappingTestJson.read(
                        Json.parse(
                                """
                                {"mappingDefinition": {"mappingEngine": "Ditto"},
                                 "direction": "incoming",
                                 "message": {"textPayload": "{}"}}
                                """));

        var reply = ConnectivityNode.ask(node, "made-up", new ConnectionCommand.TestMapping(test));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        ConnectionReply.MappingTested.class,
                        tested -> assertThat(tested.status()).isEqualTo(400));
    }

    @Test
    void the_servers_of_a_hono_connection_are_those_of_the_installation() {
        DryRunReport report =
                run(
                        "",
                        json -> {
                            ofType(json, "hono");
                            ((ObjectNode) json.at("/targets/0")).put("address", "command");
                        });

        assertFailed(report, Layer.TCP, null, 504);
        assertThat(failed(report).message()).contains("127.0.0.1:1 ").contains("127.0.0.1:2 ");
    }

    private DryRunReport run(String uri) {
        return run(uri, json -> {});
    }

    private DryRunReport run(String uri, Consumer<ObjectNode> changes) {
        return run(connection(uri, changes));
    }

    private DryRunReport run(Connection connection) {
        String id = UUID.randomUUID().toString();
        ConnectionReply reply =
                ConnectivityNode.ask(node, id, new ConnectionCommand.Test(connection));
        return ((ConnectionReply.Tested) reply).report();
    }

    private static Connection connection(String uri, Consumer<ObjectNode> changes) {
        ObjectNode json = ConnectionJson.write(SampleConnections.open("tried"));
        json.put("uri", uri);
        changes.accept(json);
        return ConnectionJson.read(json);
    }

    private static void assertFailed(DryRunReport report, Layer layer, String check, int status) {
        Failed failed = failed(report);
        assertThat(failed.layer()).as(failed.message()).isEqualTo(layer);
        if (check != null) {
            assertThat(failed.check()).as(failed.message()).isEqualTo(check);
        }
        assertThat(report.problem().status()).isEqualTo(status);
        assertThat(report.layers()).extracting(LayerResult::layer).containsExactly(Layer.values());
        assertThat(report.layers().subList(layer.ordinal() + 1, Layer.values().length))
                .hasOnlyElementsOfType(NotReached.class);
    }

    private static Failed failed(DryRunReport report) {
        return (Failed)
                report.layers().stream()
                        .filter(Failed.class::isInstance)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nothing failed: " + report));
    }

    private static List<Layer> passed(DryRunReport report) {
        return report.layers().stream()
                .filter(Passed.class::isInstance)
                .map(LayerResult::layer)
                .toList();
    }

    private static String message(DryRunReport report, Layer layer) {
        return ((Passed) report.layers().get(layer.ordinal())).message();
    }

    private static void identify(ObjectNode json, Certificates trusted, Certificates own) {
        json.put("ca", trusted.certificatePem());
        json.putObject("credentials")
                .put("type", "client-cert")
                .put("cert", own.certificatePem())
                .put("key", own.keyPem());
    }

    private static void address(JsonNode json, String... addresses) {
        var all = ((ObjectNode) json.at("/sources/0")).putArray("addresses");
        List.of(addresses).forEach(all::add);
    }

    private static void ofType(ObjectNode json, String type) {
        json.put("connectionType", type).putArray("sources");
        ObjectNode target = (ObjectNode) json.at("/targets/0");
        target.put("address", type.equals("http-push") ? "POST:/path" : "queue").remove("qos");
        target.set("headerMapping", Json.parse("{}"));
    }

    private static void kafka(ObjectNode json, int... ports) {
        ofType(json, "kafka");
        String servers =
                String.join(
                        ",",
                        java.util.Arrays.stream(ports)
                                .mapToObj(port -> "127.0.0.1:" + port)
                                .toList());
        json.putObject("specificConfig").put("bootstrapServers", servers);
    }

    /** A session that a test itself had kept. */
    private static void forget(String clientId) {
        com.hivemq.extension.sdk.api.services.Services.clientService()
                .invalidateSession(clientId)
                .join();
    }
}
