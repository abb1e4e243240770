package org.patchbay.connectivity.model.validation.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.credentials.Credentials.Hmac;
import org.patchbay.connectivity.model.option.OptionValues;
import org.patchbay.connectivity.model.problems.Findings;

/** What can be wrong with a signature: its algorithm and the parameters that this one needs. */
public final class HmacChecks {

    private static final String AT = "/credentials";

    private record Parameter(
            String name, boolean required, Predicate<JsonNode> allows, String allowed) {}

    private record Algorithm(Set<ConnectionType> types, List<Parameter> parameters) {}

    private static final Map<String, Algorithm> ALGORITHMS =
            new TreeMap<>(
                    Map.of(
                            "aws4-hmac-sha256",
                            new Algorithm(
                                    Set.of(ConnectionType.HTTP_PUSH),
                                    List.of(
                                            text("region"),
                                            text("service"),
                                            text("accessKey"),
                                            text("secretKey"),
                                            new Parameter(
                                                    "doubleEncode",
                                                    false,
                                                    JsonNode::isBoolean,
                                                    "true, false"),
                                            new Parameter(
                                                    "canonicalHeaders",
                                                    false,
                                                    HmacChecks::isTexts,
                                                    "an array of header names"),
                                            new Parameter(
                                                    "xAmzContentSha256",
                                                    false,
                                                    HmacChecks::isContentHash,
                                                    "EXCLUDED, INCLUDED, UNSIGNED"))),
                            "az-monitor-2016-04-01",
                            new Algorithm(
                                    Set.of(ConnectionType.HTTP_PUSH),
                                    List.of(text("workspaceId"), base64("sharedKey"))),
                            "az-sasl",
                            new Algorithm(
                                    Set.of(ConnectionType.HTTP_PUSH, ConnectionType.AMQP_10),
                                    List.of(
                                            text("sharedKeyName"),
                                            base64("sharedKey"),
                                            text("endpoint"),
                                            new Parameter(
                                                    "ttl",
                                                    false,
                                                    HmacChecks::isDuration,
                                                    "a duration such as 10m or 168h")))));

    /** The names of the algorithms that are checked here. */
    public static final Set<String> OURS = Set.copyOf(ALGORITHMS.keySet());

    private HmacChecks() {}

    static void collect(ConnectionType type, Hmac hmac, Findings findings) {
        Algorithm algorithm = ALGORITHMS.get(hmac.algorithm());
        if (algorithm == null) {
            findings.wrong(
                    AT + "/algorithm",
                    "The algorithm '" + hmac.algorithm() + "' is not known.",
                    "Allowed: " + String.join(", ", ALGORITHMS.keySet()) + ".");
            return;
        }
        if (!algorithm.types().contains(type)) {
            findings.wrong(
                    AT + "/algorithm",
                    "A connection of type " + type.wireName() + " can't sign so.",
                    hmac.algorithm() + " is for " + names(algorithm.types()) + ".");
        }
        for (Parameter parameter : algorithm.parameters()) {
            check(hmac, parameter, findings);
        }
    }

    private static void check(Hmac hmac, Parameter parameter, Findings findings) {
        String pointer = AT + "/parameters/" + parameter.name();
        @Nullable JsonNode value = hmac.parameters().get(parameter.name());
        if (value == null || value.isNull()) {
            if (parameter.required()) {
                findings.wrong(
                        pointer,
                        "The algorithm " + hmac.algorithm() + " needs it.",
                        "Send " + parameter.allowed() + ".");
            }
        } else if (!parameter.allows().test(value)) {
            findings.wrong(
                    pointer, "The value can't be used.", "Allowed: " + parameter.allowed() + ".");
        }
    }

    private static String names(Set<ConnectionType> types) {
        Set<String> names = new TreeSet<>();
        types.forEach(type -> names.add(type.wireName()));
        return String.join(", ", names);
    }

    private static Parameter text(String name) {
        return new Parameter(
                name, true, value -> !value.asText().isBlank(), "a text that is not blank");
    }

    private static Parameter base64(String name) {
        return new Parameter(name, true, HmacChecks::isBase64, "a key in Base64");
    }

    private static boolean isBase64(JsonNode value) {
        try {
            return value.isTextual() && Base64.getDecoder().decode(value.textValue()).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isTexts(JsonNode value) {
        return value.isArray()
                && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
    }

    private static boolean isContentHash(JsonNode value) {
        return Set.of("EXCLUDED", "INCLUDED", "UNSIGNED").contains(value.asText());
    }

    private static boolean isDuration(JsonNode value) {
        return OptionValues.duration(value.asText()) != null;
    }
}
