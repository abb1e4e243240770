package org.patchbay.gateway.edge;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Bodies;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.header.HeaderDefinition;

/** Stands around the handling of requests: HTTPS first, then what other origins may see. */
public final class Edge {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD");

    /** Asked from within, where nothing has TLS: by whoever watches over this process. */
    private static final String HEALTH = "/health";

    private static final String METHODS = "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS";
    private static final String ANSWER_HEADERS =
            "correlation-id, etag, location, entity-revision, retry-after, www-authenticate, link";
    private static final String DAY = "86400";

    private final EdgeSettings settings;
    private final Bodies bodies;
    private final Function<HttpRequest, CompletionStage<HttpResponse>> inner;

    /**
     * @param bodies lets those of turned away requests go by
     */
    public Edge(
            EdgeSettings settings,
            Bodies bodies,
            Function<HttpRequest, CompletionStage<HttpResponse>> inner) {
        this.settings = settings;
        this.bodies = bodies;
        this.inner = inner;
    }

    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        if (settings.httpsForced() && !isSecure(request)) {
            return answer(request, insecure(request));
        }
        if (!settings.cors()) {
            return inner.apply(request);
        }
        return isPreflight(request)
                ? answer(request, preflight(request))
                : inner.apply(request).thenApply(answer -> shown(request, answer));
    }

    /** TLS ends before us; the proxy says whether there was any. */
    private static boolean isSecure(HttpRequest request) {
        return header(request, "x-forwarded-proto").equalsIgnoreCase("https")
                || request.getUri().getPathString().equals(HEALTH);
    }

    private HttpResponse insecure(HttpRequest request) {
        Uri uri = request.getUri();
        String path = uri.getPathString();
        boolean redirected =
                settings.redirects()
                        && HARMLESS.contains(request.method().name())
                        && !settings.notRedirected().matcher(path).matches();
        if (!redirected) {
            return Answers.problem(
                    Problem.of(
                                    403,
                                    "gateway:https.required",
                                    "Requests are accepted over HTTPS only.")
                            .describedBy("Send them to an address that begins with https://."));
        }
        String query = uri.rawQueryString().map(it -> "?" + it).orElse("");
        return Answers.empty(301)
                .addHeader(Answers.header("Location", "https://" + uri.getHost() + path + query));
    }

    private static boolean isPreflight(HttpRequest request) {
        return request.method().name().equals("OPTIONS")
                && !header(request, "origin").isEmpty()
                && !header(request, "access-control-request-method").isEmpty();
    }

    /** Any origin, and no cookies or such: a page must have got its credentials from its user. */
    private static HttpResponse preflight(HttpRequest request) {
        String wanted = header(request, "access-control-request-headers");
        HttpResponse answer =
                Answers.empty(204)
                        .addHeader(Answers.header("Access-Control-Allow-Origin", "*"))
                        .addHeader(Answers.header("Access-Control-Allow-Methods", METHODS))
                        .addHeader(Answers.header("Access-Control-Max-Age", DAY));
        return wanted.isEmpty()
                ? answer
                : answer.addHeader(Answers.header("Access-Control-Allow-Headers", wanted));
    }

    private static HttpResponse shown(HttpRequest request, HttpResponse answer) {
        return header(request, "origin").isEmpty()
                ? answer
                : answer.addHeader(Answers.header("Access-Control-Allow-Origin", "*"))
                        .addHeader(Answers.header("Access-Control-Expose-Headers", ANSWER_HEADERS));
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, HttpResponse answer) {
        String given = header(request, HeaderDefinition.CORRELATION_ID);
        HttpResponse correlated =
                Answers.correlated(answer, given.isEmpty() ? UUID.randomUUID().toString() : given);
        return bodies.drop(request).thenApply(_ -> correlated);
    }

    private static String header(HttpRequest request, String name) {
        Optional<HttpHeader> found = request.getHeader(name);
        return found.map(HttpHeader::value).map(String::strip).orElse("");
    }
}
