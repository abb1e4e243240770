package org.patchbay.cluster.twins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * Retrieves several things at once ({@code _/_/things/twin/commands/retrieve} with {@code
 * thingIds}): asks each of them and answers with those that may be seen.
 */
final class SeveralThings implements Twins {

    private static final String ANY = "_";
    private static final int IDS_MAX = 200;

    private final Twins twins;

    SeveralThings(Twins twins) {
        this.twins = twins;
    }

    @Override
    public CompletionStage<Signal> ask(SignalRequest request) {
        return isForSeveral(request.signal()) ? retrieve(request) : twins.ask(request);
    }

    @Override
    public CompletionStage<SignalAnswers> ask(SignalWindow window) {
        return twins.ask(window);
    }

    private static boolean isForSeveral(Signal signal) {
        TopicPath topic = signal.topic();
        return topic.name().equals(ANY)
                && topic.group() == Group.THINGS
                && topic.channel() == Channel.TWIN
                && topic.criterion() == Criterion.COMMANDS
                && "retrieve".equals(topic.action())
                && !signal.isResponse();
    }

    private CompletionStage<Signal> retrieve(SignalRequest request) {
        Signal signal = request.signal();
        JsonNode ids = signal.value() == null ? null : signal.value().get("thingIds");
        if (ids == null || !ids.isArray()) {
            return refused(request, Problems.jsonFieldMissing("/value/thingIds"));
        }
        if (ids.size() > IDS_MAX) {
            String expected = "an array of up to " + IDS_MAX + " ids";
            return refused(request, Problems.jsonFormatInvalid("/value/thingIds", expected));
        }
        CompletionStage<List<JsonNode>> found =
                CompletableFuture.completedFuture(new ArrayList<>(ids.size()));
        for (JsonNode id : ids) {
            if (concerns(signal.topic(), id.asText())) {
                CompletionStage<Signal> one = twins.ask(forOne(request, id.asText()));
                found = found.thenCombine(one, SeveralThings::add);
            }
        }
        return found.thenApply(things -> answer(request, things));
    }

    private static boolean concerns(TopicPath topic, String id) {
        return id.indexOf(':') > 0
                && (topic.namespace().equals(ANY) || id.startsWith(topic.namespace() + ":"));
    }

    private static SignalRequest forOne(SignalRequest request, String id) {
        Signal signal = request.signal();
        int colon = id.indexOf(':');
        TopicPath all = signal.topic();
        TopicPath topic =
                new TopicPath(
                        id.substring(0, colon),
                        id.substring(colon + 1),
                        all.group(),
                        all.channel(),
                        all.criterion(),
                        all.action());
        Signal one =
                Signal.command(topic, signal.path(), signal.headers(), null)
                        .withFields(signal.fields());
        return new SignalRequest(one, request.by(), request.origin(), null);
    }

    private static List<JsonNode> add(List<JsonNode> things, Signal answer) {
        JsonNode thing = answer.value();
        if (!answer.isError() && thing != null) {
            things.add(thing);
        }
        return things;
    }

    private static Signal answer(SignalRequest request, List<JsonNode> things) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.addAll(things);
        return request.signal().respond(200, headers(request), all);
    }

    private static CompletionStage<Signal> refused(SignalRequest request, Problem problem) {
        return CompletableFuture.completedFuture(request.signal().fail(problem, headers(request)));
    }

    private static Headers headers(SignalRequest request) {
        Headers headers =
                request.signal()
                        .headers()
                        .without(HeaderDefinition.REQUEST_ONLY)
                        .with(HeaderDefinition.RESPONSE_REQUIRED, "false")
                        .with(HeaderDefinition.CONTENT_TYPE, "application/json");
        List<String> subjects = request.by().subjects();
        return subjects.isEmpty()
                ? headers
                : headers.with(HeaderDefinition.ORIGINATOR, subjects.getFirst());
    }
}
