package org.patchbay.gateway.twins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.json.Json;

/** Labels of acknowledgements that a request asks for. */
final class AckLabels {

    /** The twin has stored what the command asked for. */
    static final String TWIN_PERSISTED = "twin-persisted";

    /** Whoever got a live signal has answered it. */
    static final String LIVE_RESPONSE = "live-response";

    /** There is no search; whoever asks for it is told so. */
    private static final String SEARCH_PERSISTED = "search-persisted";

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9-_:]{3,165}");

    private AckLabels() {}

    /** Reads {@code a,b} or a JSON array of texts. */
    static Set<String> parse(@Nullable String text) {
        Set<String> labels = new LinkedHashSet<>();
        if (text == null || text.isBlank()) {
            return labels;
        }
        Stream<String> each =
                text.stripLeading().startsWith("[")
                        ? StreamSupport.stream(Json.parse(text).spliterator(), false)
                                .map(JsonNode::asText)
                        : Arrays.stream(text.split(",", -1)).map(String::strip);
        each.forEach(label -> {
            if (!FORM.matcher(label).matches()) {
                throw Problems.headerInvalid(
                                HeaderDefinition.REQUESTED_ACKS,
                                "'" + label + "' is no label of an acknowledgement")
                        .asException();
            }
            labels.add(label);
        });
        return labels;
    }

    /**
     * What of the requested acknowledgements a signal can get: those for commands that change a
     * twin, live commands and live messages.
     */
    static Set<String> applicable(Signal signal, Set<String> requested) {
        Set<String> labels = new LinkedHashSet<>();
        TopicPath topic = signal.topic();
        if (topic.group() != Group.THINGS) {
            return labels;
        }
        if (topic.channel() == Channel.LIVE) {
            labels.addAll(requested);
            labels.removeAll(Set.of(TWIN_PERSISTED, SEARCH_PERSISTED));
        } else if (!"retrieve".equals(topic.action())) {
            labels.addAll(requested);
            labels.remove(LIVE_RESPONSE);
        }
        return labels;
    }

    /** As the header's value, a JSON array. */
    static String write(Set<String> labels) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        labels.forEach(array::add);
        return array.toString();
    }
}
