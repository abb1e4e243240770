package org.patchbay.connectivity.transport.http.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;
import org.apache.pekko.http.javadsl.model.headers.UserAgent;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** Our requests and answers as the library has them. */
final class Messages {

    private static final UserAgent PATCHBAY = UserAgent.create("patchbay");

    /** How a server says for how long it keeps a connection that nothing comes over. */
    private static final Pattern KEEP_ALIVE =
            Pattern.compile("(?:.*[,\\s])?timeout\\s*=\\s*(\\d{1,6}).*", Pattern.CASE_INSENSITIVE);

    /** A server counts from when it sent the answer, not from when we got it. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

    private Messages() {}

    static ClientConnectionSettings settings(ActorSystem<?> system, ClientContext context) {
        ClientConnectionSettings settings = ClientConnectionSettings.create(system.classicSystem());
        return settings.withConnectingTimeout(context.connectTimeout())
                // Requests and pauses between them are timed here.
                .withIdleTimeout(scala.concurrent.duration.Duration.Inf())
                .withUserAgentHeader(Optional.of(PATCHBAY))
                .withParserSettings(
                        settings.getParserSettings()
                                .withModeledHeaderParsing(false)
                                .withIllegalHeaderWarnings(false));
    }

    /**
     * A request.
     *
     * @throws IllegalArgumentException where its content type is none
     */
    static HttpRequest of(Request request, Way way) {
        Origin origin = request.origin();
        List<HttpHeader> headers = new ArrayList<>();
        headers.add(
                origin.isImpliedPort()
                        ? Host.create(origin.bracketed())
                        : Host.create(origin.bracketed(), origin.port()));
        boolean forProxy = way.isForProxy(origin);
        headers.add(
                RawRequestURI.create(
                        forProxy
                                ? "http://" + origin.authority() + request.target()
                                : request.target()));
        String known = way.proxyAuthorization();
        if (forProxy && known != null) {
            headers.add(RawHeader.create("Proxy-Authorization", known));
        }
        request.headers()
                .forEach((name, value) -> {
                    if (!name.equalsIgnoreCase(HeaderDefinition.CONTENT_TYPE)) {
                        headers.add(RawHeader.create(name, value));
                    }
                });
        return HttpRequest.create()
                .withMethod(HttpMethods.lookup(request.method()).orElseThrow())
                .withHeaders(headers)
                .withEntity(HttpEntities.create(contentType(request), request.body()));
    }

    private static ContentType contentType(Request request) {
        String text = request.headers().get(HeaderDefinition.CONTENT_TYPE);
        return text == null ? ContentTypes.NO_CONTENT_TYPE : ContentTypes.parse(text);
    }

    /** The whole of it, within the limit. */
    static CompletionStage<Response> read(HttpResponse answer, int most, ActorSystem<?> system) {
        int status = answer.status().intValue();
        Headers headers = headers(answer);
        HttpEntity entity = answer.entity();
        if (entity instanceof HttpEntity.Strict strict && strict.getData().size() <= most) {
            return CompletableFuture.completedFuture(
                    new Response(status, headers, strict.getData().toArray(), false));
        }
        return entity.withoutSizeLimit()
                .getDataBytes()
                .limitWeighted(most, bytes -> (long) bytes.size())
                .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), system)
                .thenApply(body -> new Response(status, headers, body.toArray(), false))
                .exceptionallyCompose(thrown ->
                        Unreachable.unwrapped(thrown) instanceof StreamLimitReachedException
                                ? CompletableFuture.completedFuture(
                                        new Response(status, headers, new byte[0], true))
                                : CompletableFuture.failedFuture(thrown));
    }

    private static Headers headers(HttpResponse answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpHeader header : answer.getHeaders()) {
            headers.merge(
                    header.name().toLowerCase(Locale.ROOT),
                    header.value(),
                    (first, more) -> first + ", " + more);
        }
        ContentType type = answer.entity().getContentType();
        if (!type.equals(ContentTypes.NO_CONTENT_TYPE)) {
            headers.put(HeaderDefinition.CONTENT_TYPE, type.toString());
        }
        return Headers.of(headers);
    }

    /** Whether no further request can go over the same connection. */
    static boolean isLast(HttpResponse answer) {
        String connection = value(answer, "connection").toLowerCase(Locale.ROOT);
        return connection.contains("close")
                || answer.protocol().equals(HttpProtocols.HTTP_1_0)
                        && !connection.contains("keep-alive");
    }

    /** For how long it may rest; null where the server does not say. */
    static @Nullable Duration keepAlive(HttpResponse answer) {
        Matcher matcher = KEEP_ALIVE.matcher(value(answer, "keep-alive"));
        if (!matcher.matches()) {
            return null;
        }
        Duration kept = Duration.ofSeconds(Long.parseLong(matcher.group(1))).minus(ON_THE_WAY);
        return kept.isNegative() ? Duration.ZERO : kept;
    }

    private static String value(HttpResponse answer, String name) {
        for (HttpHeader header : answer.getHeaders()) {
            if (header.is(name)) {
                return header.value();
            }
        }
        return "";
    }
}
