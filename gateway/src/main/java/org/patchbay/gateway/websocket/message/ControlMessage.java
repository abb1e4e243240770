package org.patchbay.gateway.websocket.message;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.subscription.Subscription;

/**
 * The text messages that are no JSON: {@code START-SEND-EVENTS?namespaces=…&filter=…}. Parameters
 * that mean nothing are overlooked, as those of a URL are.
 */
final class ControlMessage {

    private static final String TOKEN = "JWT-TOKEN";
    private static final String JWT = "jwtToken";

    private ControlMessage() {}

    /**
     * Reads a text, if it is such a message.
     *
     * @throws org.patchbay.protocol.ProblemException where one of its parameters can't be read
     */
    static Optional<Received> read(String text) {
        int mark = text.indexOf('?');
        String word = (mark < 0 ? text : text.substring(0, mark)).strip();
        if (word.equals(TOKEN)) {
            return Optional.of(renewal(parameters(text, mark).get(JWT)));
        }
        Topic stopped = Topic.stoppedBy(word);
        if (stopped != null) {
            return Optional.of(new Received.Stop(stopped));
        }
        return Optional.ofNullable(Topic.startedBy(word))
                .map(topic -> start(topic, parameters(text, mark)));
    }

    private static Received start(Topic topic, Map<String, String> parameters) {
        // Announcements are about policies: there is no thing whose fields could be added.
        String extraFields =
                topic == Topic.POLICY_ANNOUNCEMENTS ? null : parameters.get("extraFields");
        String filter = parameters.get("filter");
        return new Received.Start(
                topic,
                Subscription.of(
                        topic.kind(),
                        namespaces(parameters.getOrDefault("namespaces", "")),
                        filter == null || filter.isBlank() ? null : filter,
                        extraFields));
    }

    private static Received renewal(@Nullable String token) {
        if (token == null || token.isBlank()) {
            throw MessageProblems.tokenMissing().asException();
        }
        return new Received.Renew(token.strip());
    }

    private static List<String> namespaces(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(namespace -> !namespace.isEmpty())
                .toList();
    }

    private static Map<String, String> parameters(String text, int mark) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (mark < 0) {
            return parameters;
        }
        for (String one : text.substring(mark + 1).split("&", -1)) {
            int equals = one.indexOf('=');
            String name = equals < 0 ? one : one.substring(0, equals);
            parameters.putIfAbsent(
                    name, equals < 0 ? "" : decoded(name, one.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String name, String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw MessageProblems.parameterInvalid(name).asException();
        }
    }
}
