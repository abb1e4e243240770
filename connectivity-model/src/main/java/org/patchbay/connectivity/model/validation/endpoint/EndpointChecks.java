package org.patchbay.connectivity.model.validation.endpoint;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.type.TypeRules;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.Template;

/** What sources and targets have in common. */
public final class EndpointChecks {

    private EndpointChecks() {}

    static void subjects(List<String> subjects, String at, Findings findings) {
        String pointer = at + "/authorizationContext";
        if (subjects.isEmpty()) {
            findings.wrong(
                    pointer,
                    "Nobody is named on whose behalf it acts.",
                    "Name at least one authorization subject, such as nginx:ditto.");
        }
        for (int i = 0; i < subjects.size(); i++) {
            if (subjects.get(i).isBlank()) {
                findings.wrong(
                        pointer + "/" + i,
                        "The subject is empty.",
                        "Name an authorization subject, such as nginx:ditto.");
            }
        }
    }

    /** From 1 to a limit. */
    public static void within(String pointer, int value, int max, Findings findings) {
        if (value < 1) {
            findings.wrong(pointer, "The number is " + value + ".", "At least 1 allowed.");
        } else if (value > max) {
            findings.wrong(pointer, "The number is " + value + ".", "At most " + max + " allowed.");
        }
    }

    /**
     * What is wrong in a header mapping. MQTT brokers get theirs checked when a message is
     * published: a placeholder that nobody knows leaves its header out, or the message.
     */
    static void headers(
            ConnectionType type, Map<String, String> mapping, String pointer, Findings findings) {
        if (type.isMqtt()) {
            return;
        }
        mapping.forEach((name, value) ->
                Template.parse(value)
                        .fault(Scope.MAPPING)
                        .ifPresent(fault ->
                                findings.wrong(
                                        Finding.at(pointer, name),
                                        fault.message(),
                                        "Allowed are plain text and the placeholders of header,"
                                                + " entity, thing, feature, policy, topic, resource,"
                                                + " connection, request, time and thing-json.")));
    }

    static void qos(ConnectionType type, @Nullable Integer qos, String at, Findings findings) {
        List<Integer> allowed = TypeRules.of(type).qos();
        if (qos != null && !allowed.isEmpty() && !allowed.contains(qos)) {
            findings.wrong(
                    at + "/qos",
                    "There is no quality of service " + qos + ".",
                    "Allowed: "
                            + allowed.stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
    }

    static void mapperCount(List<String> mappers, int max, String at, Findings findings) {
        if (mappers.size() > max) {
            findings.wrong(
                    at + "/payloadMapping",
                    "There are " + mappers.size() + " mappers.",
                    "At most " + max + " allowed.");
        }
    }
}
