package org.patchbay.gateway.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchbay.gateway.authentication.Audience;

/**
 * A resource: where it is, whom it is for and what it does.
 *
 * @param pattern of the path, in segments: {@code {id}} is a variable, a last {@code **} any
 *     further segments
 */
public record Route(List<String> pattern, Audience audience, Map<String, Handler> methods) {

    private static final String REST = "**";

    public Route {
        pattern = List.copyOf(pattern);
    }

    public static Route at(String pattern, Audience audience) {
        return new Route(List.of(pattern.substring(1).split("/", -1)), audience, Map.of());
    }

    public Route get(Handler handler) {
        return with("GET", handler);
    }

    public Route put(Handler handler) {
        return with("PUT", handler);
    }

    public Route post(Handler handler) {
        return with("POST", handler);
    }

    public Route patch(Handler handler) {
        return with("PATCH", handler);
    }

    public Route delete(Handler handler) {
        return with("DELETE", handler);
    }

    private Route with(String method, Handler handler) {
        Map<String, Handler> more = new LinkedHashMap<>(methods);
        more.put(method, handler);
        return new Route(pattern, audience, more);
    }

    /** The methods that are answered here: HEAD where GET is, and OPTIONS everywhere. */
    Set<String> allowed() {
        Set<String> allowed = new LinkedHashSet<>();
        for (String method : methods.keySet()) {
            allowed.add(method);
            if (method.equals("GET")) {
                allowed.add("HEAD");
            }
        }
        allowed.add("OPTIONS");
        return allowed;
    }

    /** What a path has where the pattern has variables; nothing where it does not match. */
    Optional<Map<String, String>> match(List<String> segments) {
        boolean open = pattern.getLast().equals(REST);
        int fixed = open ? pattern.size() - 1 : pattern.size();
        boolean slashAtEnd = segments.size() == fixed + 1 && segments.getLast().isEmpty();
        if (segments.size() < fixed || !(open || segments.size() == fixed || slashAtEnd)) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < fixed; i++) {
            String expected = pattern.get(i);
            String actual = segments.get(i);
            if (expected.startsWith("{")) {
                if (actual.isEmpty()) {
                    return Optional.empty();
                }
                variables.put(expected.substring(1, expected.length() - 1), actual);
            } else if (!expected.equals(actual)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
