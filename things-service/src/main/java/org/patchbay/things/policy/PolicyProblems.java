package org.patchbay.things.policy;

import org.patchbay.protocol.Problem;
import org.patchbay.protocol.json.JsonPointer;

/** The errors of policies that belong to no row of {@link PolicyShape}. */
final class PolicyProblems {

    private PolicyProblems() {}

    static Problem conflict(String policyId) {
        return Problem.of(
                        409,
                        "policies:policy.conflict",
                        "The policy '" + policyId + "' exists already.")
                .describedBy("Choose another id, or modify the policy.");
    }

    static Problem notCreatable(String policyId) {
        return Problem.of(
                        403,
                        "policies:policy.notcreatable",
                        "The policy '" + policyId + "' would let nobody change it.")
                .describedBy(
                        "Grant WRITE on policy:/ to at least one subject that does not expire.");
    }

    static Problem modificationInvalid(PolicyShape shape, String policyId) {
        String code = shape == PolicyShape.POLICY ? "policy" : "entry";
        return Problem.of(
                        403,
                        "policies:" + code + ".modificationinvalid",
                        "After this nobody could change the policy '" + policyId + "' any more.")
                .describedBy(
                        "Keep WRITE on policy:/ with at least one subject that does not expire.");
    }

    static Problem idNotSettable(String policyId) {
        return Problem.of(
                        400,
                        "policies:id.notsettable",
                        "The policyId in the value is not '"
                                + policyId
                                + "', which the request names.")
                .describedBy("Leave the policyId out, or send the same one; it can't be changed.");
    }

    static Problem tooLarge(long sizeMax) {
        return Problem.of(
                        413,
                        "policies:policy.toolarge",
                        "The policy would be larger than " + sizeMax + " bytes.")
                .describedBy("The limit is ditto.limits.policies.max-size.");
    }

    static Problem labelInvalid(String label) {
        return Problem.of(400, "policies:label.invalid", "'" + label + "' can't be a label.")
                .describedBy("Labels that begin with 'imported' are those of imported entries.");
    }

    static Problem entryInvalid(String why) {
        return Problem.of(400, "policies:entry.invalid", "The entry is not valid: " + why + ".");
    }

    static Problem subjectIdInvalid(String id) {
        return Problem.of(400, "policies:subjectid.invalid", "'" + id + "' is no id of a subject.")
                .describedBy("It has the form issuer:subject, such as nginx:ditto.");
    }

    static Problem expiryInvalid(String expiry, String why) {
        return Problem.of(
                        400,
                        "policies:subjectexpiry.invalid",
                        "The expiry '" + expiry + "' is not valid: " + why + ".")
                .describedBy("Send a time to come, such as 2099-12-31T23:59:59Z.");
    }

    static Problem announcementInvalid() {
        return Problem.of(
                        400,
                        "policies:subjectannouncement.invalid",
                        "The announcement of the subject's end is not valid.")
                .describedBy("beforeExpiry is a number with the unit s, m or h.");
    }

    static Problem unavailable(String policyId) {
        return Problem.of(
                        503,
                        "policies:policy.unavailable",
                        "A policy that '" + policyId + "' imports does not answer.")
                .describedBy("Try again after a moment.");
    }

    static Problem importInvalid(String why) {
        return Problem.of(400, "policies:import.invalid", "The import is not valid: " + why + ".");
    }

    static Problem notDeletable(JsonPointer path) {
        return Problem.of(
                        405,
                        "policies:entry.notdeletable",
                        "What is at " + path + " can't be deleted.")
                .describedBy("Set it to an empty object instead.");
    }

    static Problem unknownPath(JsonPointer path) {
        return Problem.of(
                400, "protocoladapter:unknown.path", "A policy has no place " + path + ".");
    }

    static Problem unknownCommand(String topic) {
        return Problem.of(
                        400,
                        "protocoladapter:unknown.topicpath",
                        "The topic '" + topic + "' names no command of a policy.")
                .describedBy("The actions are create, modify, delete and retrieve.");
    }
}
