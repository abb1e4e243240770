package org.patchbay.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.wire.SignalJson;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;

/** Requests to twins on the wire. */
public final class RequestVocabulary implements WireVocabulary {

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(
                        "signal-request",
                        SignalRequest.class,
                        RequestVocabulary::write,
                        RequestVocabulary::read),
                new WireType<>(
                        "signal-window",
                        SignalWindow.class,
                        RequestVocabulary::writeWindow,
                        RequestVocabulary::readWindow),
                new WireType<>(
                        "signal-answers",
                        SignalAnswers.class,
                        (answers, _) -> writeAnswers(answers),
                        (json, _) -> readAnswers(json)));
    }

    private static JsonNode write(SignalRequest request, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("signal", SignalJson.write(request.signal()));
        ArrayNode subjects = json.putArray("by");
        request.by().subjects().forEach(subjects::add);
        if (request.by().sudo()) {
            json.put("sudo", true);
        }
        if (request.origin() != null) {
            json.put("origin", request.origin());
        }
        if (request.acknowledgements() != null) {
            json.put("acknowledgements", context.writeRef(request.acknowledgements()));
        }
        return json;
    }

    private static SignalRequest read(JsonNode json, WireContext context) {
        List<String> subjects = new ArrayList<>();
        json.required("by").forEach(subject -> subjects.add(subject.textValue()));
        String acknowledgements = textOrNull(json.get("acknowledgements"));
        return new SignalRequest(
                SignalJson.read(json.required("signal")),
                new AuthorizationContext(subjects, json.path("sudo").asBoolean()),
                textOrNull(json.get("origin")),
                acknowledgements == null ? null : context.readRef(acknowledgements));
    }

    private static JsonNode writeWindow(SignalWindow window, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode requests = json.putArray("requests");
        window.requests().forEach(request -> requests.add(write(request, context)));
        return json;
    }

    private static SignalWindow readWindow(JsonNode json, WireContext context) {
        List<SignalRequest> requests = new ArrayList<>();
        json.required("requests").forEach(request -> requests.add(read(request, context)));
        return new SignalWindow(requests);
    }

    private static JsonNode writeAnswers(SignalAnswers answers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("answers");
        answers.answers().forEach(answer -> all.add(SignalJson.write(answer)));
        return json;
    }

    private static SignalAnswers readAnswers(JsonNode json) {
        List<Signal> answers = new ArrayList<>();
        json.required("answers").forEach(answer -> answers.add(SignalJson.read(answer)));
        return new SignalAnswers(answers);
    }

    private static @Nullable String textOrNull(@Nullable JsonNode json) {
        return json == null ? null : json.textValue();
    }
}
