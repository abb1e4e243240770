package org.patchbay.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.patchbay.gateway.authentication.Admission;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/** The answers that the gateway gives. */
public final class Answers {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

    private Answers() {}

    public static HttpResponse empty(int status) {
        return HttpResponse.create().withStatus(status(status));
    }

    public static HttpResponse json(int status, JsonNode body) {
        if (WITHOUT_BODY.contains(status)) {
            return empty(status);
        }
        return empty(status)
                .withEntity(
                        HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.writeBytes(body)));
    }

    /** An array of what is there already. */
    public static HttpResponse array(List<JsonNode> elements) {
        return json(200, JsonNodeFactory.instance.arrayNode().addAll(elements));
    }

    /**
     * An array that is sent while its elements come.
     *
     * @param batches of elements, none of them empty; each is written and sent at once
     */
    public static HttpResponse array(Source<List<JsonNode>, NotUsed> batches) {
        Source<ByteString, NotUsed> parts =
                batches.map(Answers::joined)
                        .intersperse(
                                ByteString.fromString("["),
                                ByteString.fromString(","),
                                ByteString.fromString("]"));
        return empty(200)
                .withEntity(HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, parts));
    }

    /** Elements with commas between them. */
    private static ByteString joined(List<JsonNode> elements) {
        byte[] array = Json.writeBytes(JsonNodeFactory.instance.arrayNode().addAll(elements));
        return ByteString.fromArrayUnsafe(array, 1, array.length - 2);
    }

    public static HttpResponse bytes(int status, ContentType type, byte[] body) {
        return WITHOUT_BODY.contains(status)
                ? empty(status)
                : empty(status).withEntity(HttpEntities.create(type, body));
    }

    public static HttpResponse problem(Problem problem) {
        return json(problem.status(), problem.toJson());
    }

    /** Who is not let in learns which credentials would do, or when to try again. */
    public static HttpResponse refused(Admission.Refused refused) {
        HttpResponse answer = problem(refused.problem());
        for (String challenge : refused.challenges()) {
            answer = answer.addHeader(header("WWW-Authenticate", challenge));
        }
        Duration retryAfter = refused.retryAfter();
        return retryAfter == null
                ? answer
                : answer.addHeader(
                        header("Retry-After", String.valueOf(Admission.seconds(retryAfter))));
    }

    public static HttpHeader header(String name, String value) {
        return RawHeader.create(name, value);
    }

    /** Where what was created is, as the sender of the request would write it. */
    public static HttpHeader location(Exchange exchange, String path) {
        Uri uri = exchange.request().getUri();
        String authority = uri.getHost().toString();
        String port = uri.getPort() > 0 ? ":" + uri.getPort() : "";
        return header(
                "Location",
                authority.isEmpty() ? path : uri.getScheme() + "://" + authority + port + path);
    }

    /** Adds those headers that HTTP can carry. */
    public static HttpResponse with(HttpResponse answer, Headers headers) {
        HttpResponse more = answer;
        for (Map.Entry<String, String> header : headers.asMap().entrySet()) {
            if (TOKEN.matcher(header.getKey()).matches() && isPlain(header.getValue())) {
                more = more.addHeader(header(header.getKey(), header.getValue()));
            }
        }
        return more;
    }

    public static HttpResponse correlated(HttpResponse answer, String correlationId) {
        return answer.getHeader(HeaderDefinition.CORRELATION_ID).isPresent()
                ? answer
                : answer.addHeader(header(HeaderDefinition.CORRELATION_ID, correlationId));
    }

    /** A status of whoever answers a live message may be one that HTTP does not know. */
    private static StatusCode status(int code) {
        return StatusCodes.lookup(code)
                .orElseGet(() -> StatusCodes.custom(code, "Status " + code, "", code < 400, true));
    }

    /** Without line breaks and such, which would end the header. */
    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c != 0x7f);
    }
}
