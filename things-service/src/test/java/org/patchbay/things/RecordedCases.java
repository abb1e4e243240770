package org.patchbay.things;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/**
 * Replays recorded HTTP cases against the twins alone: a request becomes the command that the
 * gateway would send. What only a gateway answers is left out.
 */
final class RecordedCases {

    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{(id|rev|etag):([^} ]+)(?: ([+-]\\d+))?}}");
    private static final Pattern ENTITY = Pattern.compile("/api/2/(things|policies)/([^/]+)(/.*)?");
    private static final Pattern REVISION = Pattern.compile("\"rev:(\\d+)\"");
    private static final Map<String, String> ACTIONS =
            Map.of("PUT", "modify", "PATCH", "merge", "DELETE", "delete", "GET", "retrieve");
    private static final Set<Integer> OF_GATEWAYS = Set.of(202, 405, 408, 415, 424, 401);

    private final Twins twins;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> differences = new LinkedHashMap<>();
    private int passed;

    RecordedCases(Twins twins) {
        this.twins = twins;
    }

    static List<JsonNode> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Json::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int passed() {
        return passed;
    }

    /** What differed, by the name of the case. */
    Map<String, String> differences() {
        return differences;
    }

    void replay(JsonNode recorded) {
        String name = recorded.path("name").asText();
        JsonNode expected = recorded.path("expect");
        if (expected.path("status").asInt() == 415) {
            return;
        }
        SignalRequest request;
        Signal answer;
        try {
            request = request(recorded);
            if (request == null) {
                return;
            }
            answer = twins.send(request);
        } catch (ProblemException e) {
            return;
        }
        remember(name, answer);
        if (OF_GATEWAYS.contains(expected.path("status").asInt())
                || "json.format.invalid".equals(expected.path("error").asText())
                || !recorded.path("count").asBoolean(true)) {
            return;
        }
        String difference = difference(expected, answer);
        if (difference == null) {
            passed++;
        } else {
            differences.put(name, difference);
        }
    }

    private @Nullable SignalRequest request(JsonNode recorded) {
        String[] target = fill(recorded.path("path").asText()).split("\\?", 2);
        Matcher entity = ENTITY.matcher(target[0]);
        String action = ACTIONS.get(recorded.path("method").asText());
        String user = recorded.path("auth").asText();
        if (!entity.matches() || action == null || !user.startsWith("user ")) {
            return null;
        }
        String id = decode(entity.group(2));
        boolean isPolicy = entity.group(1).equals("policies");
        int colon = id.indexOf(':');
        TopicPath topic =
                new TopicPath(
                        colon < 0 ? "_" : id.substring(0, colon),
                        id.substring(colon + 1),
                        isPolicy ? TopicPath.Group.POLICIES : TopicPath.Group.THINGS,
                        isPolicy ? TopicPath.Channel.NONE : TopicPath.Channel.TWIN,
                        TopicPath.Criterion.COMMANDS,
                        action);
        Map<String, String> query = query(target.length > 1 ? target[1] : "");
        if (query.containsKey("channel")) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        recorded.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), fill(h.getValue().asText())));
        headers.remove("content-type");
        headers.putIfAbsent("correlation-id", "c-1");
        String fields = query.remove("fields");
        headers.putAll(query);
        Signal signal =
                Signal.command(
                                topic,
                                pointer(entity.group(3)),
                                Headers.of(headers),
                                body(recorded.path("body")))
                        .withFields(fields == null ? null : FieldSelector.parse(fields));
        return new SignalRequest(
                signal, AuthorizationContext.of("nginx:" + user.substring(5)), null, null);
    }

    private @Nullable JsonNode body(JsonNode body) {
        if (body.isObject()) {
            String repeated = body.path("repeat").asText().repeat(body.path("times").asInt());
            return Json.parse(
                    body.path("before").asText() + repeated + body.path("after").asText());
        }
        return body.isTextual() ? Json.parse(fill(body.asText())) : null;
    }

    private static JsonPointer pointer(@Nullable String path) {
        if (path == null || path.equals("/")) {
            return JsonPointer.ROOT;
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            segments.add(decode(segment.replace("+", "%2B")).replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPointer(segments);
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String parameter : text.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                query.put(parameter.substring(0, equals), decode(parameter.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private String fill(String text) {
        Matcher matcher = TEMPLATE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = ids.getOrDefault(matcher.group(1) + ":" + matcher.group(2), "0");
            if (matcher.group(1).equals("rev") && matcher.group(3) != null) {
                value = Long.toString(Long.parseLong(value) + Long.parseLong(matcher.group(3)));
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString();
    }

    private void remember(String name, Signal answer) {
        JsonNode value = answer.value();
        if (value != null && value.path("_revision").isNumber()) {
            ids.put("rev:" + name, value.path("_revision").asText());
        }
        String tag = answer.headers().get("etag");
        if (tag != null) {
            ids.put("etag:" + name, tag);
            Matcher revision = REVISION.matcher(tag);
            if (revision.matches()) {
                ids.put("rev:" + name, revision.group(1));
            }
        }
    }

    private @Nullable String difference(JsonNode expected, Signal answer) {
        int status = answer.status() == null ? 0 : answer.status();
        if (status != expected.path("status").asInt()) {
            return "status "
                    + status
                    + " instead of "
                    + expected.path("status")
                    + " "
                    + answer.value();
        }
        if (expected.has("error")) {
            String error = answer.value() == null ? "" : answer.value().path("error").asText();
            return error.equals(expected.get("error").asText())
                    ? null
                    : error + " instead of " + expected.get("error").asText();
        }
        if (expected.has("etag")) {
            String tag = answer.headers().getOr("etag", "");
            if (!isEqual(
                    expected.get("etag"), Json.parse("\"" + tag.replace("\"", "\\\"") + "\""))) {
                return "etag " + tag + " instead of " + expected.get("etag");
            }
        }
        JsonNode json = expected.get("json");
        if (json != null && (answer.value() == null || !isEqual(json, answer.value()))) {
            return answer.value() + " instead of " + json;
        }
        return null;
    }

    private boolean isEqual(JsonNode expected, JsonNode actual) {
        if (expected.isTextual()) {
            String wanted = fill(expected.asText());
            return switch (wanted) {
                case "<text>", "<time>" -> actual.isTextual();
                case "<rev>" -> REVISION.matcher(actual.asText()).matches();
                case "<hash>" -> actual.asText().startsWith("\"hash:");
                default -> wanted.equals(actual.asText());
            };
        }
        if (expected instanceof ObjectNode object) {
            if (expected.size() != actual.size()) {
                return false;
            }
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode other = actual.get(field.getKey());
                if (other == null || !isEqual(field.getValue(), other)) {
                    return false;
                }
            }
            return true;
        }
        if (expected instanceof ArrayNode) {
            boolean equal = expected.size() == actual.size();
            for (int i = 0; equal && i < expected.size(); i++) {
                equal = isEqual(expected.get(i), actual.path(i));
            }
            return equal;
        }
        return expected.isNumber() && actual.isNumber()
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }
}
