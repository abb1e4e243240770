package org.patchbay.cluster.devops;

import java.time.Instant;
import java.util.List;
import org.patchbay.cluster.devops.DevOpsCommand.Answered;
import org.patchbay.cluster.devops.DevOpsCommand.Sent;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.json.Json;

class DevOpsVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new DevOpsVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(
                new Sent(
                        new DevOpsCommand.RetrieveConfig("ditto.info"),
                        Service.POLICIES,
                        "node-1",
                        refs.ref("asker")),
                new Sent(
                        new DevOpsCommand.RetrieveHealth(),
                        Service.GATEWAY,
                        null,
                        refs.ref("asker")),
                new Answered("node-1", Json.parse("{\"status\":200}")),
                new Answered("node-2", null),
                new DevOpsCommand.Identify(),
                new DevOpsCommand.RetrieveLoggerConfig(List.of("org.patchbay"), true),
                new DevOpsCommand.ChangeLogLevel("ROOT", "debug"),
                new DevOpsCommand.RetrieveConfig(""),
                new DevOpsCommand.RetrieveHealth(),
                new DevOpsCommand.BlockNamespace(
                        "org.acme", Instant.ofEpochMilli(1_700_000_000_123L)),
                new DevOpsCommand.UnblockNamespace("org.acme"),
                new DevOpsCommand.StopNamespace("org.acme"),
                new DevOpsCommand.PurgeNamespace("org.acme"));
    }
}
