package org.patchbay.gateway.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.authentication.Identity;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** Reads requests into {@link Exchange}s. */
final class Exchanges {

    private static final int CORRELATION_ID_MAX = 512;
    private static final String AUTHORIZATION = "authorization";
    private static final String TOKEN = "access_token";

    private Exchanges() {}

    /** An exchange without its route, sender and body. */
    static Exchange of(HttpRequest request) {
        Map<String, String> parameters = parameters(request);
        Headers headers = withToken(headers(request), request, parameters.get(TOKEN));
        String correlationId = correlationId(headers);
        return new Exchange(
                request,
                correlationId,
                headers.withCorrelationId(correlationId),
                parameters,
                segments(request),
                Map.of(),
                Identity.ANONYMOUS,
                contentType(request),
                ByteString.emptyByteString());
    }

    private static List<String> segments(HttpRequest request) {
        String path = request.getUri().getPathString();
        String rest = path.startsWith("/") ? path.substring(1) : path;
        return List.of(rest.split("/", -1)).stream().map(Exchanges::decode).toList();
    }

    /** A plus is a plus: only in a query does it stand for a space. */
    private static String decode(String segment) {
        return segment.indexOf('%') < 0
                ? segment
                : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Headers headers(HttpRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        for (HttpHeader header : request.getHeaders()) {
            values.merge(
                    header.lowercaseName(), header.value(), (first, next) -> first + "," + next);
        }
        return Headers.of(values);
    }

    private static String correlationId(Headers headers) {
        String given = headers.getOr(HeaderDefinition.CORRELATION_ID, "").strip();
        return given.isEmpty() || given.length() > CORRELATION_ID_MAX
                ? UUID.randomUUID().toString()
                : given;
    }

    /**
     * A browser can't set headers when it opens a WebSocket, so that its token may come as a
     * parameter.
     */
    private static Headers withToken(Headers headers, HttpRequest request, @Nullable String token) {
        boolean counts =
                token != null
                        && !headers.has(AUTHORIZATION)
                        && request.getAttribute(AttributeKeys.webSocketUpgrade).isPresent();
        return counts ? headers.with(AUTHORIZATION, "Bearer " + token) : headers;
    }

    /** The first of each name. */
    private static Map<String, String> parameters(HttpRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        request.getUri()
                .query(StandardCharsets.UTF_8, Uri.RELAXED)
                .toList()
                .forEach(pair -> values.putIfAbsent(pair.first(), pair.second()));
        return values;
    }

    private static String contentType(HttpRequest request) {
        String type = request.entity().getContentType().toString();
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return bare.equals("none/none") ? "" : bare;
    }
}
