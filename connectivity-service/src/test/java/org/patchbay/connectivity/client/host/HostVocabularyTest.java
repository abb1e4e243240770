package org.patchbay.connectivity.client.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.ReportPart;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.json.Json;

class HostVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new HostVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        var response =
                new ConnectionCommand.TakeResponse(
                        Envelope.read(
                                Json.parse(
                                        """
                                        {"topic": "a/b/things/twin/commands/modify",
                                         "headers": {"correlation-id": "7"},
                                         "path": "/attributes/t", "status": 204}
                                        """)),
                        "c",
                        1);
        return List.of(
                new HostMessage.Run(SampleConnections.mqtt5("an-id", 2), 1, refs.ref("owner")),
                new HostMessage.Running(refs.ref("client")),
                new ClientCommand.AwaitOpen(refs.ref("asker")),
                new ClientCommand.TryNow(),
                new ClientCommand.Close(refs.ref("asker")),
                new ClientCommand.Move(refs.ref("asker")),
                new ClientCommand.Report(ReportKind.STATUS, refs.ref("asker")),
                new ReportPart(
                        ReportKind.LOGS, (ObjectNode) Json.parse("{\"connectionLogs\": []}")),
                new ClientCommand.TakeResponse(response, refs.ref("asker")),
                new ClientCommand.ResetMetrics(),
                new ClientCommand.EnableLogs(),
                new ClientCommand.ResetLogs());
    }
}
