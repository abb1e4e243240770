package org.patchbay.connectivity.model.validation.endpoint;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.type.TypeRules;

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

    public static void atLeastOne(String pointer, int value, Findings findings) {
        if (value < 1) {
            findings.wrong(pointer, "The number is " + value + ".", "At least 1 allowed.");
        }
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
