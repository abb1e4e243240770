package org.patchbay.connectivity.connection.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.connection.rules.ConnectionState;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.dryrun.LayerResult;
import org.patchbay.connectivity.model.mappingtest.MappingTest;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

class ConnectionVocabularyTest implements WireContract {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final MappingDefinition MAPPER =
            new MappingDefinition(
                    "JavaScript",
                    (ObjectNode) Json.parse("{\"incomingScript\": \"function f() {}\"}"),
                    Map.of("c", "fn:filter(header:a,'eq','b')"),
                    Map.of());
    private static final Connection CONNECTION = SampleConnections.open("an-id");

    @Override
    public WireVocabulary vocabulary() {
        return () ->
                Stream.of(new CommandVocabulary(), new ReplyVocabulary(), new StoredVocabulary())
                        .<WireType<?>>flatMap(vocabulary -> vocabulary.types().stream())
                        .toList();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return Stream.of(commands(), replies(), stored()).flatMap(List::stream).toList();
    }

    private static List<Object> commands() {
        return List.of(
                new ConnectionCommand.Create(CONNECTION),
                new ConnectionCommand.Modify(CONNECTION, new Preconditions("\"rev:1\"", "*")),
                new ConnectionCommand.Modify(CONNECTION, Preconditions.NONE),
                new ConnectionCommand.Delete(Preconditions.NONE),
                new ConnectionCommand.Open(),
                new ConnectionCommand.Close(),
                new ConnectionCommand.Test(CONNECTION),
                new ConnectionCommand.TestMapping(
                        new MappingTest(
                                MAPPER,
                                new MappingTest.Sample.Incoming(
                                        Headers.of(Map.of("content-type", "text/plain")),
                                        "23 °C",
                                        null,
                                        "nginx:alice"))),
                new ConnectionCommand.TestMapping(
                        new MappingTest(
                                MAPPER,
                                new MappingTest.Sample.Outgoing(
                                        Envelope.read(
                                                Json.parse(
                                                        """
                                                        {"topic": "a/b/things/twin/events/modified",
                                                         "headers": {"version": 2},
                                                         "path": "/attributes", "value": {"t": 23}}
                                                        """))))),
                new ConnectionCommand.Retrieve(Preconditions.NONE),
                new ConnectionCommand.RetrieveAt(7L, null),
                new ConnectionCommand.RetrieveAt(null, AT),
                new ConnectionCommand.RetrieveHono(),
                new ConnectionCommand.RetrieveStatus(),
                new ConnectionCommand.RetrieveMetrics(),
                new ConnectionCommand.ResetMetrics(),
                new ConnectionCommand.EnableLogs(),
                new ConnectionCommand.RetrieveLogs(),
                new ConnectionCommand.ResetLogs(),
                new ConnectionCommand.TakeResponse(
                        Envelope.read(
                                Json.parse(
                                        """
                                        {"topic": "a/b/things/twin/commands/modify",
                                         "headers": {"diverted-response-from-connection": "c"},
                                         "path": "/attributes/t", "status": 201, "value": 23}
                                        """)),
                        "c",
                        1));
    }

    private static List<Object> replies() {
        var stored = new ConnectionReply.Stored(CONNECTION, 2, AT, AT.plusSeconds(1), false);
        return List.of(
                new ConnectionReply.Created(stored),
                new ConnectionReply.Modified(3),
                new ConnectionReply.Deleted(4),
                new ConnectionReply.Done(),
                new ConnectionReply.Retrieved(
                        new ConnectionReply.Stored(CONNECTION, 2, null, null, true)),
                new ConnectionReply.Report((ObjectNode) Json.parse("{\"status\": 200}")),
                new ConnectionReply.Tested(
                        new DryRunReport(
                                Duration.ofMillis(12),
                                List.of(
                                        new LayerResult.Passed(
                                                Layer.TCP, Duration.ofNanos(1_234_000), "It is."),
                                        new LayerResult.Skipped(Layer.TUNNEL, "There is none."),
                                        new LayerResult.Failed(
                                                Layer.TLS,
                                                Duration.ofMillis(3),
                                                "Too old.",
                                                "expired"),
                                        new LayerResult.NotReached(Layer.AUTHENTICATION)),
                                ConnectionProblems.failed("x", "it is too old."))),
                new ConnectionReply.Tested(
                        new DryRunReport(
                                Duration.ZERO,
                                List.of(
                                        new LayerResult.Failed(
                                                Layer.TCP, Duration.ZERO, "No.", null)),
                                null)),
                new ConnectionReply.MappingTested(
                        200, (ObjectNode) Json.parse("{\"dropped\": true}")),
                new ConnectionReply.Failed(ConnectionProblems.notFound("x")),
                new ConnectionReply.Failed(ConnectionProblems.conflict("x"), 5L));
    }

    private static List<Object> stored() {
        return List.of(
                new ConnectionEvent.Created(CONNECTION, AT),
                new ConnectionEvent.Modified(CONNECTION, AT),
                new ConnectionEvent.Opened(AT),
                new ConnectionEvent.Closed(AT),
                new ConnectionEvent.Deleted(AT),
                new ConnectionState.Open(CONNECTION, 5, AT, AT.plusSeconds(1)),
                new ConnectionState.Closed(
                        SampleConnections.closed("an-id"), 6, AT, AT.plusSeconds(1)),
                new ConnectionState.Deleted(7, AT));
    }
}
