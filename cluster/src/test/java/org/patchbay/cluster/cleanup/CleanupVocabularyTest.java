package org.patchbay.cluster.cleanup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.json.Json;

class CleanupVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new CleanupVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(
                new CleanupCommand.RetrieveConfig(),
                new CleanupCommand.ModifyConfig(object("{\"quiet-period\": \"1h\"}")),
                new CleanupCommand.RetrieveHealth(),
                new CleanupCommand.Restart(),
                new CleanupCommand.CleanUp("org.acme:boiler"),
                new CleanupReply.Settings(object("{\"enabled\": true}")),
                new CleanupReply.Health(object("{\"status\": \"UP\"}")),
                new CleanupReply.Restarted(),
                new CleanupReply.CleanedUp("thing:org.acme:boiler"),
                new CleanupReply.Failed(Problems.jsonInvalid("why")),
                new EntityRequest.TakeSnapshot(),
                new EntityRequest.SnapshotTaken(3),
                new EntityRequest.Forget(4),
                new EntityRequest.Forgotten(true));
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.parse(json);
    }
}
