package org.patchbay.gateway.websocket.message;

import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.header.HeaderDefinition;

/** What can be wrong with a message of a client, before a twin sees it. */
final class MessageProblems {

    private MessageProblems() {}

    static Problem parameterInvalid(String parameter) {
        return Problem.of(
                        400,
                        "gateway:parameter.invalid",
                        "The parameter '" + parameter + "' can't be decoded.")
                .describedBy("A percent sign begins an escape such as %26; write %25 for itself.");
    }

    static Problem tokenMissing() {
        return Problem.of(
                        400,
                        "gateway:parameter.invalid",
                        "A JWT-TOKEN message needs the parameter jwtToken.")
                .describedBy("Send JWT-TOKEN?jwtToken=<token>.");
    }

    static Problem actionUnknown(String topic, String action) {
        return Problems.topicPathInvalid(topic, "'" + action + "' is no action of a command");
    }

    static Problem acknowledgementsWithoutAnswer() {
        return Problems.headerInvalid(
                        HeaderDefinition.REQUESTED_ACKS,
                        "without a response there is no way to tell that they came")
                .describedBy("Set response-required to true, or request no acknowledgements.");
    }
}
