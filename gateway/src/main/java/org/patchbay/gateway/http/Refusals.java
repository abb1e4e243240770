package org.patchbay.gateway.http;

import java.time.Duration;
import java.util.Collection;
import org.patchbay.protocol.Problem;

/** The errors that the gateway itself answers. */
public final class Refusals {

    private Refusals() {}

    public static Problem routeNotFound(String path) {
        return Problem.of(404, "gateway:resource.notfound", "There is no resource " + path + ".")
                .describedBy("All resources are described at /openapi.json; /apidoc shows them.");
    }

    public static Problem methodNotAllowed(String method, Collection<String> allowed) {
        return Problem.of(
                        405,
                        "gateway:method.notallowed",
                        "The resource does not know the method " + method + ".")
                .describedBy("It knows " + String.join(", ", allowed) + ".");
    }

    public static Problem methodUnknown() {
        return Problem.of(
                        405,
                        "gateway:method.notallowed",
                        "No resource knows the method of this request.")
                .describedBy("OPTIONS answers with the methods of a resource.");
    }

    public static Problem apiVersionNotSupported(String version) {
        return Problem.of(
                        404,
                        "api.version.notsupported",
                        "There is no version " + version + " of the API.")
                .describedBy("Use version 2: /api/2/… or /ws/2.");
    }

    public static Problem bodyTooLarge(long maxBytes) {
        return Problem.of(
                        413,
                        "gateway:payload.toolarge",
                        "The request body exceeds " + maxBytes + " bytes.")
                .describedBy(
                        "Send less at once; the operator sets the limit with"
                                + " ditto.gateway.http.max-connection-size.");
    }

    public static Problem bodyTooSlow(Duration limit) {
        return Problem.of(
                408,
                "gateway:request.timeout",
                "The request body did not arrive within " + limit.toMillis() + " ms.");
    }

    public static Problem mediaTypeUnsupported(String type, Collection<String> accepted) {
        return Problem.of(
                        415,
                        "mediatype.unsupported",
                        "The content type '" + type + "' is not accepted here.")
                .describedBy("Send one of " + String.join(", ", accepted) + ".");
    }

    public static Problem bodyMissing() {
        return Problem.of(400, "json.format.invalid", "The request has no body.")
                .describedBy("Send a JSON object.");
    }

    public static Problem timeoutInvalid(String value) {
        return Problem.of(400, "timeout.invalid", "'" + value + "' is no timeout.")
                .describedBy("Write seconds or a number with ms, s or m, not below zero.");
    }

    public static Problem timeoutTooLong(String value, Duration max) {
        return Problem.of(
                        400, "gateway:timeout.invalid", "The timeout '" + value + "' is too long.")
                .describedBy("It may be up to " + max.toSeconds() + " seconds here.");
    }

    public static Problem commandTimeout(Duration waited) {
        return Problem.of(
                        408,
                        "command.timeout",
                        "Nothing answered within " + waited.toMillis() + " ms.")
                .describedBy(
                        "The command may have been carried out nevertheless. A longer wait is asked for with"
                                + " the parameter 'timeout'.");
    }

    public static Problem stopping() {
        return Problem.of(503, "gateway:service.unavailable", "This node is being stopped.")
                .describedBy(
                        "Whether the command was carried out is not known. Send the request again.");
    }

    public static Problem parameterInvalid(String name, String allowed) {
        return Problem.of(
                        400,
                        "gateway:parameter.invalid",
                        "The parameter '" + name + "' can't be read.")
                .describedBy("It must be " + allowed + ".");
    }

    public static Problem pointerInvalid(String pointer) {
        return Problem.of(400, "json.pointer.invalid", "'" + pointer + "' is no JSON pointer.")
                .describedBy("It must not hold two slashes in a row.");
    }

    public static Problem uriInvalid(String why) {
        return Problem.of(400, "gateway:request.invalid", "The request can't be read: " + why);
    }
}
