package org.patchbay.gateway.websocket.message;

import java.time.Duration;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;

/** What can be wrong with a socket or with what its client sends, beside what twins refuse. */
public final class SocketProblems {

    private static final String CLOSED = "gateway:websocket.session.closed";
    private static final String ABORTED = "gateway:websocket.session.aborted";

    private SocketProblems() {}

    public static Problem noUpgrade() {
        return Problem.of(
                        400,
                        "gateway:websocket.upgrade.expected",
                        "This resource is a WebSocket; the request does not ask to open one.")
                .describedBy(
                        "Connect with a WebSocket client, and have proxies in between pass on the"
                                + " headers Connection and Upgrade.");
    }

    public static Problem labelInvalid(String label) {
        return Problem.of(
                        400,
                        "acknowledgement:label.invalid",
                        "'" + label + "' can't be declared as a label of acknowledgements.")
                .describedBy(
                        "declared-acks is a list, separated by commas, of labels of 3 to 165 letters,"
                                + " digits, hyphens, underscores and colons; twin-persisted,"
                                + " live-response and search-persisted are taken.");
    }

    public static Problem expired() {
        return Problem.of(
                        401,
                        "gateway:websocket.session.expired",
                        "The token that this session was opened with has expired.")
                .describedBy(
                        "Send a new one in time with JWT-TOKEN?jwtToken=…, or connect again with"
                                + " one.");
    }

    public static Problem tokenRefused(Problem why) {
        return Problem.of(401, CLOSED, "The new token is not accepted. " + why.message())
                .describedBy("The session ends. Connect again with a valid token.");
    }

    public static Problem tokenOfAnother() {
        return Problem.of(401, CLOSED, "The new token is not of the user who opened this session.")
                .describedBy(
                        "The session ends. Issuer and subject of a new token have to be those of the"
                                + " first one.");
    }

    public static Problem tokenNotNeeded() {
        return Problem.of(
                        400,
                        "gateway:authentication.failed",
                        "This session was not opened with a token, so it takes none.")
                .describedBy("It goes on as it is; it does not expire.");
    }

    public static Problem tooSlow(int waiting) {
        return Problem.of(
                        429,
                        ABORTED,
                        "The client is too slow: more than " + waiting + " messages wait for it.")
                .describedBy(
                        "The session ends, and what came meanwhile is lost. Subscribe to less by"
                                + " namespaces or filter, or read faster.");
    }

    public static Problem stopping() {
        return Problem.of(503, ABORTED, "This node is being stopped.")
                .describedBy("The session ends. Connect again.");
    }

    public static Problem tooFast(int limit, Duration interval) {
        return Problem.of(
                        429,
                        "gateway:command.toomanyrequests",
                        "Messages come too fast; this one was not handled.")
                .describedBy("A socket may send " + limit + " in " + interval.toMillis() + " ms.");
    }

    public static Problem tooManyWait(int max) {
        return Problem.of(
                        429,
                        "gateway:command.toomanyrequests",
                        max + " commands of this socket wait for acknowledgements already.")
                .describedBy(
                        "Send it again when some have been answered, or request acknowledgements with"
                                + " a shorter timeout.");
    }

    public static Problem tooLarge(long max) {
        return Problem.of(
                        413,
                        "gateway:payload.toolarge",
                        "The message has more than " + max + " characters.")
                .describedBy(
                        "Send less at once; the operator sets the limit with"
                                + " patchbay.gateway.websocket.message-size-max.");
    }

    public static Problem binary() {
        return Problems.jsonInvalid("it came as a binary message")
                .describedBy("Send text messages, in UTF-8.");
    }
}
