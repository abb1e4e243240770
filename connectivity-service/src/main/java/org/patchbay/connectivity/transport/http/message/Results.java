package org.patchbay.connectivity.transport.http.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.connectivity.transport.http.oauth.NoToken;
import org.patchbay.connectivity.transport.http.wire.NoResponse;
import org.patchbay.connectivity.transport.http.wire.Request;
import org.patchbay.connectivity.transport.http.wire.Response;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/**
 * What came of a request, as an acknowledgement would say it. It may be sent again where that does
 * no harm: nothing of it was sent, or it is idempotent and the endpoint is not there for a while.
 */
public final class Results {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TIMEOUT = 408;
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;

    private static final String DITTO = "application/vnd.eclipse.ditto+json";
    private static final Pattern CHARSET =
            Pattern.compile(".*;\\s*charset=\"?([^\";\\s]+).*", Pattern.CASE_INSENSITIVE);

    private Results() {}

    public static PublishResult of(Request request, Response response) {
        boolean again = response.status() == UNAVAILABLE && request.isIdempotent();
        return new PublishResult(
                response.status(),
                HttpHeaders.received(response.headers()),
                value(response),
                again);
    }

    public static PublishResult of(Unsendable unsendable) {
        return result(BAD_REQUEST, unsendable.description(), false);
    }

    public static PublishResult notConnected() {
        return result(UNAVAILABLE, "The connection is not open.", true);
    }

    public static PublishResult ofFailure(Request request, Throwable thrown) {
        Throwable why = Unreachable.unwrapped(thrown);
        return switch (why) {
            case NoResponse none ->
                    switch (none.progress()) {
                        case NOT_SENT -> result(UNAVAILABLE, none.description(), true);
                        case SENT ->
                                result(UNAVAILABLE, none.description(), request.isIdempotent());
                        case TOO_SLOW -> result(TIMEOUT, none.description(), false);
                    };
            case NoToken none ->
                    none.isRefused()
                            ? result(UNAUTHORIZED, none.description(), false)
                            : result(UNAVAILABLE, none.description(), true);
            case NoOutcome none -> withoutOutcome(request, none);
            default -> result(INTERNAL, "The request could not be made: " + why, false);
        };
    }

    /** However little is known of the outcome, the request itself did not fail. */
    private static PublishResult withoutOutcome(Request request, NoOutcome none) {
        PublishResult of = ofFailure(request, none.why());
        return result(
                of.status(),
                none.description() + (of.value() == null ? "" : of.value().asText()),
                of.again() && request.isIdempotent());
    }

    private static PublishResult result(int status, String words, boolean again) {
        return new PublishResult(status, Headers.EMPTY, TextNode.valueOf(words), again);
    }

    /** JSON as JSON, anything else as text: what is no text in Base64. */
    private static @Nullable JsonNode value(Response response) {
        if (response.cut()) {
            return TextNode.valueOf("The response was longer than may be read, and was left out.");
        }
        if (response.body().length == 0) {
            return null;
        }
        String type = response.headers().getOr(HeaderDefinition.CONTENT_TYPE, "");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (media.equals("application/json") || media.equals(DITTO)) {
            try {
                return Json.parse(response.body());
            } catch (ProblemException e) {
                // It only says so.
            }
        }
        return TextNode.valueOf(text(response.body(), charset(type)));
    }

    private static Charset charset(String type) {
        Matcher matcher = CHARSET.matcher(type);
        try {
            return matcher.matches() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String text(byte[] body, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException noText) {
            return Base64.getEncoder().encodeToString(body);
        }
    }
}
