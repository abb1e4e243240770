package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.header.HeaderDefinition;

/**
 * A command in its envelope; what is wrong with the envelope is a problem.
 *
 * @param target the path of the actor that is to get it
 * @param aggregate whether the answers come by service and instance, or one of them comes bare
 * @param groupTopic whether one of several nodes is to carry it out, not each
 * @param sudo whether things and policies skip authorization
 * @param timeout as it was written; null where it was not
 */
record Envelope(
        String target,
        boolean aggregate,
        boolean groupTopic,
        boolean sudo,
        @Nullable String timeout,
        @Nullable String correlationId,
        JsonNode command) {

    static final String MEDIATOR = "/system/distributedPubSubMediator";

    static Envelope read(JsonNode json) {
        if (!json.isObject()) {
            throw Problems.jsonFormatInvalid("/", "an object").asException();
        }
        JsonNode target = required(json, "targetActorSelection");
        if (!target.isTextual()) {
            throw Problems.jsonFormatInvalid("/targetActorSelection", "a text").asException();
        }
        JsonNode headers =
                target.textValue().equals(MEDIATOR) && !json.has("headers")
                        // The documented example of a shutdown has none.
                        ? JsonNodeFactory.instance.objectNode()
                        : object(json, "headers");
        return new Envelope(
                target.textValue(),
                flag(headers, "aggregate", true),
                flag(headers, "is-group-topic", false),
                flag(headers, "ditto-sudo", false),
                scalar(headers, HeaderDefinition.TIMEOUT),
                scalar(headers, HeaderDefinition.CORRELATION_ID),
                object(json, "piggybackCommand"));
    }

    /** The same envelope around another command for another target. */
    Envelope around(String newTarget, JsonNode newCommand) {
        return new Envelope(
                newTarget, aggregate, groupTopic, sudo, timeout, correlationId, newCommand);
    }

    private static boolean flag(JsonNode headers, String name, boolean otherwise) {
        String value = scalar(headers, name);
        return switch (value) {
            case null -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, value, "neither true nor false").asException();
        };
    }

    private static @Nullable String scalar(JsonNode headers, String name) {
        JsonNode value = headers.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw wrong(name, value.toString(), "no text").asException();
        }
        return value.asText();
    }

    private static Problem wrong(String name, String value, String why) {
        return Problems.headerInvalid(name, value + " is " + why)
                .describedBy("Correct /headers/" + name + " or leave it out.");
    }

    private static JsonNode object(JsonNode json, String field) {
        JsonNode value = required(json, field);
        if (!value.isObject()) {
            throw Problems.jsonFormatInvalid("/" + field, "an object").asException();
        }
        return value;
    }

    private static JsonNode required(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null) {
            throw Problems.jsonFieldMissing("/" + field).asException();
        }
        return value;
    }
}
