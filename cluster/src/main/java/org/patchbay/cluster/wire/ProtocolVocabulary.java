package org.patchbay.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;

/** The protocol's own types on the wire. */
public final class ProtocolVocabulary implements WireVocabulary {

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(
                        "signal",
                        Signal.class,
                        (signal, _) -> SignalJson.write(signal),
                        (json, _) -> SignalJson.read(json)),
                new WireType<>(
                        "problem",
                        Problem.class,
                        (problem, _) -> writeProblem(problem),
                        (json, _) -> readProblem(json)));
    }

    private static JsonNode writeProblem(Problem problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", problem.status());
        json.put("code", problem.code());
        json.put("message", problem.message());
        json.put("description", problem.description());
        json.put("href", problem.href());
        return json;
    }

    private static Problem readProblem(JsonNode json) {
        return new Problem(
                json.required("status").intValue(),
                json.required("code").textValue(),
                json.required("message").textValue(),
                textOrNull(json, "description"),
                textOrNull(json, "href"));
    }

    private static @Nullable String textOrNull(JsonNode json, String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value.textValue();
    }
}
