package org.patchbay.cluster.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class ProtocolVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new ProtocolVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(
                event(),
                retrieve(),
                new Problem(404, "a:b", "No.", "Why.", "https://x"),
                Problem.of(400, "c", "M."));
    }

    private static Signal event() {
        return new Signal(
                TopicPath.parse("org.acme/boiler/things/twin/events/modified"),
                JsonPointer.parse("/attributes/temp"),
                Headers.of(Map.of("Custom-Number", "0042")),
                Json.parse("23.42"),
                null,
                null,
                Json.parse("{\"attributes\":{\"a\":[1,null,\"ü\"]}}"),
                7L,
                Instant.parse("2026-01-02T03:04:05.123456789Z"));
    }

    private static Signal retrieve() {
        return new Signal(
                TopicPath.parse("_/lamp/things/twin/commands/retrieve"),
                JsonPointer.ROOT,
                Headers.EMPTY,
                Json.parse("null"),
                null,
                200,
                null,
                null,
                null);
    }
}
