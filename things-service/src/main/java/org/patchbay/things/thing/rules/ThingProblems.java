package org.patchbay.things.thing.rules;

import org.patchbay.protocol.Problem;
import org.patchbay.protocol.json.JsonPointer;

/** The errors of things that belong to no row of {@link ThingShape}. */
public final class ThingProblems {

    private ThingProblems() {}

    static Problem conflict(String thingId) {
        return Problem.of(
                        409, "things:thing.conflict", "The thing '" + thingId + "' exists already.")
                .describedBy("Choose another id, or modify the thing.");
    }

    static Problem notCreatable(String thingId) {
        return Problem.of(
                        403,
                        "things:thing.notcreatable",
                        "You may not create the thing '" + thingId + "' with this policy.")
                .describedBy("Its policy must grant you WRITE on thing:/.");
    }

    static Problem notDeletable(String thingId) {
        return Problem.of(
                        403,
                        "things:thing.notdeletable",
                        "You may not delete the thing '" + thingId + "'.")
                .describedBy("This takes WRITE permission on the whole thing.");
    }

    static Problem idNotSettable(String thingId) {
        return Problem.of(
                        400,
                        "things:id.notsettable",
                        "The thingId in the value is not '"
                                + thingId
                                + "', which the request names.")
                .describedBy("Leave the thingId out, or send the same one; it can't be changed.");
    }

    static Problem policyIdNotDeletable(String thingId) {
        return Problem.of(
                        400,
                        "things:policyId.notdeletable",
                        "The thing '" + thingId + "' can't be without a policy.")
                .describedBy("Set the policyId to that of another policy instead.");
    }

    static Problem definitionInvalid(String definition) {
        return Problem.of(
                        400,
                        "things:definition.identifier.invalid",
                        "'" + definition + "' is no definition identifier.")
                .describedBy("It has the form namespace:name:version, or is an http(s) URL.");
    }

    static Problem mergeInvalid(String why) {
        return Problem.of(400, "things:merge.invalid", "The patch can't be applied: " + why + ".")
                .describedBy("Send a JSON merge patch (RFC 7396) with at least one field.");
    }

    static Problem tooLarge(long sizeMax) {
        return Problem.of(
                        413,
                        "things:thing.toolarge",
                        "The thing would be larger than " + sizeMax + " bytes.")
                .describedBy("Keep less in this thing; the limit is ditto.limits.things.max-size.");
    }

    static Problem conditionFailed(String condition) {
        return Problem.of(
                        412,
                        "things:condition.failed",
                        "The condition does not hold for what you may read: " + condition)
                .describedBy("Retrieve the present state, then decide again.");
    }

    static Problem conditionInvalid(Problem reason) {
        return Problem.of(400, "things:condition.invalid", reason.message())
                .describedBy("Check the RQL in the condition.");
    }

    static Problem unknownPath(JsonPointer path) {
        return Problem.of(400, "protocoladapter:unknown.path", "A thing has no place " + path + ".")
                .describedBy("See the protocol's page on things for the paths there are.");
    }

    static Problem unknownCommand(String topic) {
        return Problem.of(
                        400,
                        "protocoladapter:unknown.topicpath",
                        "The topic '" + topic + "' names no command of a thing.")
                .describedBy("The actions are create, modify, merge, delete and retrieve.");
    }

    static Problem messageNowhere(String topic, JsonPointer path) {
        return Problem.of(
                        400,
                        "protocoladapter:unknown.path",
                        "The message with the topic '" + topic + "' can't stand at " + path + ".")
                .describedBy(
                        "A message stands at [/features/ID]/inbox/messages/SUBJECT, or in the"
                                + " outbox, and its topic ends with that subject.");
    }

    static Problem sendNotAllowed(String thingId) {
        return Problem.of(
                        403,
                        "messages:send.notallowed",
                        "You may not send this message to or from the thing '" + thingId + "'.")
                .describedBy("This takes WRITE permission on the message's path, message:/….");
    }

    static Problem eventNotAllowed(String thingId) {
        return Problem.of(
                        403,
                        "things:event.send.notallowed",
                        "You may not send this event of the thing '" + thingId + "'.")
                .describedBy("This takes WRITE permission on the event's path, thing:/….");
    }

    public static Problem policyExists(String thingId, String policyId) {
        return Problem.of(
                        400,
                        "things:thing.notcreatable",
                        "The thing '"
                                + thingId
                                + "' can't be created: there is a policy '"
                                + policyId
                                + "' already.")
                .describedBy("To use that policy, name it as policyId; else delete it first.");
    }

    public static Problem unavailable(String thingId) {
        return Problem.of(
                        503,
                        "things:thing.unavailable",
                        "The policy of the thing '" + thingId + "' does not answer.")
                .describedBy("Try again after a moment.");
    }

    public static Problem policyInvalid(String why) {
        return Problem.of(
                        400,
                        "things:policy.invalid",
                        "The inline policy can't be used: " + why + ".")
                .describedBy("Send a whole policy as _policy, or name one by policyId.");
    }

    public static Problem policyConflicting() {
        return Problem.of(
                        400,
                        "things:policy.conflicting",
                        "_policy and _copyPolicyFrom exclude each other.")
                .describedBy("Send one of them.");
    }
}
