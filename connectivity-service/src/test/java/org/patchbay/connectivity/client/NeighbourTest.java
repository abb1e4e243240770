package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.mapping.MapperFixtures;
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.mapping.threads.MappingThreads;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.connectivity.path.Mappings;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/** Two connections with scripts on the same two threads, one of which means harm. */
class NeighbourTest {

    private static final int HOSTILE_MESSAGES = 60;
    private static final int MESSAGES = 200;

    private final ClientFixture fixture = new ClientFixture();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final MappingThreads shared = MappingThreads.of(threads, 2);

    @BeforeEach
    void start() {
        fixture.bus.known.complete(Done.getInstance());
    }

    @AfterEach
    void shutDown() {
        fixture.close();
        threads.shutdownNow();
    }

    private static Connection connection(String id, String statements) {
        String json =
                """
                {'id': '%s', 'connectionType': 'mqtt', 'connectionStatus': 'open',
                 'uri': 'tcp://127.0.0.1:1', 'processorPoolSize': 2147483647,
                 'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                              'payloadMapping': ['script']}],
                 'mappingDefinitions': {'script': {'mappingEngine': 'JavaScript', 'options': {
                   'incomingScript': 'function mapToDittoProtocolMsg(headers, text) { %s }'}}}}
                """;
        return ConnectionJson.read(Json.parse(json.formatted(id, statements).replace('\'', '"')));
    }

    private ActorRef<ClientCommand> open(Connection connection) {
        ClientEnvironment usual = fixture.environment();
        ClientEnvironment environment =
                new ClientEnvironment(
                        usual.transports(),
                        Mappings.of(new Mappers(MapperFixtures.config())),
                        usual.twins(),
                        usual.others(),
                        usual.bus(),
                        usual.labels(),
                        usual.allowed(),
                        shared,
                        usual.settings(),
                        usual.pathSettings(),
                        usual.ackSettings(),
                        usual.turns(),
                        usual.monitors(),
                        usual.clock(),
                        usual.instance());
        int before = fixture.transport.clients.size();
        ActorRef<ClientCommand> client =
                fixture.kit.spawn(ClientActor.create(connection, 0, environment));
        await().until(() -> fixture.transport.clients.size() > before);
        fixture.transport.clients.getLast().up();
        fixture.awaitOpen(client).receiveMessage();
        return client;
    }

    private String logs(ActorRef<ClientCommand> client, Connection connection) {
        return Reports.merge(
                        ReportKind.LOGS,
                        connection,
                        List.of(fixture.report(client, ReportKind.LOGS)))
                .toString();
    }

    @Test
    void messages_of_one_connection_do_not_wait_for_hostile_scripts_of_another() {
        // Given
        Connection hostile = connection("hostile", "while (true) {}");
        ActorRef<ClientCommand> hostileClient = open(hostile);
        FakeTransport.Client harmed = fixture.transport.clients.getLast();
        open(
                connection(
                        "neighbour",
                        "return {topic: `org.x/one/things/twin/commands/modify`, headers: {},"
                                + " path: `/attributes/n`, value: +text};"));
        FakeTransport.Client neighbour = fixture.transport.clients.getLast();
        for (int i = 0; i < HOSTILE_MESSAGES; i++) {
            harmed.receive("in", "harm", Headers.EMPTY);
        }
        await().untilAsserted(() ->
                assertThat(logs(hostileClient, hostile))
                        .contains("incomingScript, line 1")
                        .contains("it ran for longer than"));

        // When
        for (int i = 0; i < MESSAGES; i++) {
            neighbour.receive("in", String.valueOf(i), Headers.EMPTY);
        }
        await().atMost(Duration.ofSeconds(25)).until(() -> neighbour.settled.size() == MESSAGES);

        // Then
        assertThat(neighbour.settled).allMatch(settled -> settled.startsWith("accept"));
        assertThat(fixture.twins.requests)
                .extracting(request -> String.valueOf(request.signal().value()))
                .hasSize(MESSAGES)
                .contains("0", "199");
        assertThat(harmed.settled).hasSizeLessThan(HOSTILE_MESSAGES);
        assertThat(logs(hostileClient, hostile))
                .contains("The processorPoolSize 2147483647 counts as 2");
    }
}
