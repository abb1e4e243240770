package org.patchbay.connectivity.model.problems;

import java.time.Duration;
import org.patchbay.protocol.Problem;

/** The catalogue of errors that belong to connections. */
public final class ConnectionProblems {

    /** A connection whose configuration can't be right. */
    public static final String CONFIGURATION_INVALID =
            "connectivity:connection.configuration.invalid";

    public static final String URI_INVALID = "connectivity:connection.uri.invalid";
    public static final String TOPIC_INVALID = "connectivity:topic.invalid";
    public static final String LABEL_INVALID = "acknowledgement:label.invalid";
    public static final String JSON_INVALID = "json.invalid";
    public static final String EXTRA_FIELDS_INVALID = "things:field.selection.invalid";
    public static final String PLACEHOLDER_UNRESOLVED = "placeholder:unresolved";

    private static final String ID_NOT_SETTABLE = "connectivity:id.notsettable";

    private ConnectionProblems() {}

    public static Problem notFound(String id) {
        return Problem.of(
                        404,
                        "connectivity:connection.notfound",
                        "There is no connection with the id '" + id + "'.")
                .describedBy("Check the id; a deleted connection can be created again with PUT.");
    }

    public static Problem historyNotFound(String id, String when) {
        return Problem.of(
                        404,
                        "connectivity:connection.history.notfound",
                        "The connection '" + id + "' has no state " + when + ".")
                .describedBy("Ask for a revision or a time at which the connection existed.");
    }

    public static Problem conflict(String id) {
        return Problem.of(
                        409,
                        "connectivity:connection.conflict",
                        "A connection with the id '" + id + "' exists already.")
                .describedBy("Modify it, or choose another id.");
    }

    public static Problem idInvalid(String id) {
        return Problem.of(
                        400,
                        "connectivity:connection.id.invalid",
                        "The text '" + start(id) + "' can't be a connection's id.")
                .describedBy(
                        "An id has 1 to 100 letters, digits, hyphens, underscores and colons.");
    }

    private static String start(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    public static Problem notHono(String id, String type) {
        return Problem.of(
                        400,
                        CONFIGURATION_INVALID,
                        "The connection '"
                                + id
                                + "' is of type "
                                + type
                                + ", which has no presets.")
                .describedBy("Ask this of connections of type hono only.");
    }

    public static Problem idNotSettable() {
        return Problem.of(400, ID_NOT_SETTABLE, "A new connection gets its id from the server.")
                .describedBy("Leave the id out, or create the connection with PUT under its id.");
    }

    /**
     * @param id of the path
     * @param bodyId of the connection that was sent there
     */
    public static Problem idDiffers(String id, String bodyId) {
        return Problem.of(
                        400,
                        ID_NOT_SETTABLE,
                        "/id: The connection is called '"
                                + bodyId
                                + "' here, but '"
                                + id
                                + "' in the path.")
                .describedBy("Leave the id out of the body, or use the path of that connection.");
    }

    public static Problem uriInvalid(String shownUri, String why) {
        return Problem.of(
                        400, URI_INVALID, "The URI '" + shownUri + "' can't be used: " + why + ".")
                .describedBy("A URI has the form scheme://[user[:password]@]host:port[/path].");
    }

    public static Problem topicInvalid(String topic, String why) {
        return Problem.of(
                        400, TOPIC_INVALID, "The topic '" + topic + "' can't be read: " + why + ".")
                .describedBy(
                        "Topics are _/_/things/{twin/events, live/events, live/commands,"
                                + " live/messages}, _/_/policies/announcements and"
                                + " _/_/connections/announcements, with the parameters namespaces,"
                                + " filter and extraFields.");
    }

    public static Problem configurationInvalid(String what, String allowed) {
        return Problem.of(400, CONFIGURATION_INVALID, what).describedBy(allowed);
    }

    public static Problem failed(String id, String why) {
        return Problem.of(
                        504,
                        "connectivity:connection.failed",
                        "The connection '" + id + "' could not be established: " + why)
                .describedBy("Look into the connection's status and logs.");
    }

    public static Problem timeout(String id, Duration after) {
        return Problem.of(
                        504,
                        "connectivity:connection.timeout",
                        "The connection '"
                                + id
                                + "' did not answer within "
                                + after.toMillis()
                                + " ms.")
                .describedBy("Try again, or give the request more time.");
    }

    public static Problem unavailable(String id) {
        return Problem.of(
                        503,
                        "connectivity:connection.unavailable",
                        "The connection '" + id + "' can't be reached right now.")
                .describedBy("Try again in a moment.");
    }

    /** What it was asked to take waits for nothing that would come by itself. */
    public static Problem notOpen(String id) {
        return Problem.of(
                        409,
                        "connectivity:connection.closed",
                        "The connection '" + id + "' is closed.")
                .describedBy("Open it.");
    }

    public static Problem preconditionFailed(String header, String value, String etag) {
        return Problem.of(
                        412,
                        "connectivity:precondition.failed",
                        "The header "
                                + header
                                + " asks for "
                                + value
                                + ", the ETag is "
                                + etag
                                + ".")
                .describedBy("Retrieve the connection and send the request with its present ETag.");
    }

    public static Problem notModified(String etag) {
        return Problem.of(
                304, "connectivity:precondition.notmodified", "The ETag is still " + etag + ".");
    }
}
