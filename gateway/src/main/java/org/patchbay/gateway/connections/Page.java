package org.patchbay.gateway.connections;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Refusals;

/**
 * Which part of the connections is listed. They are in the order of their ids, so what comes after
 * an id stays the same while others are created and deleted.
 *
 * @param after the id that the list comes after; empty for its beginning
 * @param limit how many at most; null for all
 */
record Page(String after, @Nullable Integer limit) {

    static final int LIMIT_MAX = 1_000;

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    static Page of(Exchange exchange) {
        String cursor = exchange.parameter(CURSOR);
        if (cursor != null && !cursor.isEmpty()) {
            ConnectionValidation.checkId(cursor)
                    .ifPresent(_ -> {
                        throw Refusals.parameterInvalid(
                                        CURSOR, "the id of a connection, the last of a page before")
                                .asException();
                    });
        }
        return new Page(cursor == null ? "" : cursor, limit(exchange.parameter(LIMIT)));
    }

    private static @Nullable Integer limit(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw Refusals.parameterInvalid(LIMIT, "a whole number from 1 to " + LIMIT_MAX)
                    .asException();
        }
        return limit;
    }

    /** Where the list goes on after an id, for the header Link. */
    static String link(Exchange exchange, String path, String lastId) {
        Map<String, String> parameters = new LinkedHashMap<>(exchange.parameters());
        parameters.put(CURSOR, lastId);
        String query =
                parameters.entrySet().stream()
                        .map(parameter ->
                                encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        return "<" + path + "?" + query + ">; rel=\"next\"";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
