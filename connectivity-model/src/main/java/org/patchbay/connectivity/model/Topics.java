package org.patchbay.connectivity.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Target.Topic;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.protocol.SignalKind;

/**
 * Reads the topics of a target: {@code
 * _/_/things/twin/events?namespaces=a,b&filter=…&extraFields=…}.
 */
final class Topics {

    /** The parameters that mean something, in the order they are written back. */
    private static final List<String> PARAMETERS = List.of("namespaces", "filter", "extraFields");

    private Topics() {}

    static Topic parse(String text) {
        int question = text.indexOf('?');
        String path = question < 0 ? text : text.substring(0, question);
        SignalKind kind = SignalKind.ofTopic(path);
        if (kind == null) {
            throw ConnectionProblems.topicInvalid(text, "no such topic").asException();
        }
        Map<String, String> raw =
                question < 0 ? Map.of() : parameters(text.substring(question + 1));
        return new Topic(
                canonical(path, raw),
                kind,
                namespaces(text, raw.get("namespaces")),
                decoded(text, raw.get("filter")),
                decoded(text, raw.get("extraFields")));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> raw = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && equals < parameter.length() - 1) {
                raw.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return raw;
    }

    /** Values stay encoded as they came, so that reading what was written gives the same topic. */
    private static String canonical(String path, Map<String, String> raw) {
        StringBuilder out = new StringBuilder(path);
        char separator = '?';
        for (String name : PARAMETERS) {
            String value = raw.get(name);
            if (value != null) {
                out.append(separator).append(name).append('=').append(value);
                separator = '&';
            }
        }
        return out.toString();
    }

    private static List<String> namespaces(String text, @Nullable String raw) {
        String value = decoded(text, raw);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .filter(namespace -> !namespace.isEmpty())
                        .toList();
    }

    private static @Nullable String decoded(String text, @Nullable String raw) {
        try {
            return raw == null ? null : URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ConnectionProblems.topicInvalid(
                            text, "a percent sign must start a percent-encoding (%25 for %)")
                    .asException();
        }
    }
}
