package org.patchbay.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.authentication.Identity;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/**
 * One request on its way through the gateway.
 *
 * @param headers by name, repeated ones joined by commas; with the correlation id, given or made
 * @param parameters of the query, decoded
 * @param segments of the path, decoded; what was an encoded slash is part of its segment
 * @param variables of the path, decoded
 * @param contentType without parameters, in lower case; empty where there is none
 * @param body complete; empty where there is none
 */
public record Exchange(
        HttpRequest request,
        String correlationId,
        Headers headers,
        Map<String, String> parameters,
        List<String> segments,
        Map<String, String> variables,
        Identity identity,
        String contentType,
        ByteString body) {

    /** A request that came over no connection, as in a test. */
    private static final InetAddress NOBODY = InetAddress.ofLiteral("0.0.0.0");

    /** A variable of the route's pattern. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no variable " + name);
        }
        return value;
    }

    /** Who is connected to us: the client or a proxy. */
    public InetAddress peer() {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .orElse(NOBODY);
    }

    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /** A parameter that is true or false, false where it is missing. */
    public boolean flag(String name) {
        String value = parameters.get(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw Problems.headerInvalid(name, "'" + value + "' is neither true nor false")
                .asException();
    }

    /** A query parameter or else the header of that name. */
    public @Nullable String parameterOrHeader(String name) {
        String value = parameters.get(name);
        return value == null ? headers.get(name) : value;
    }

    /** The body as JSON; an empty one is refused as a document that is missing. */
    public JsonNode json() {
        if (body.isEmpty()) {
            throw Refusals.bodyMissing().asException();
        }
        return Json.parse(body.toArrayUnsafe());
    }

    /** The path's segments from the given one on. */
    public List<String> segmentsFrom(int index) {
        return segments.subList(Math.min(index, segments.size()), segments.size());
    }

    /** A path as a pointer; one slash at its end does no harm. */
    public static JsonPointer pointer(List<String> path) {
        List<String> used =
                !path.isEmpty() && path.getLast().isEmpty()
                        ? path.subList(0, path.size() - 1)
                        : path;
        String text = "/" + String.join("/", used);
        if (used.stream().anyMatch(String::isEmpty)) {
            throw Refusals.pointerInvalid(text).asException();
        }
        return JsonPointer.parse(text);
    }

    /** This exchange with its route found and its sender known, whose claims may add headers. */
    Exchange at(Map<String, String> newVariables, Identity newIdentity, Headers newHeaders) {
        return new Exchange(
                request,
                correlationId,
                newHeaders,
                parameters,
                segments,
                newVariables,
                newIdentity,
                contentType,
                body);
    }

    Exchange withBody(ByteString newBody) {
        return new Exchange(
                request,
                correlationId,
                headers,
                parameters,
                segments,
                variables,
                identity,
                contentType,
                newBody);
    }
}
