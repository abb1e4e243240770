package org.patchbay.things.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.json.JsonPointer;

/** What JSON a document takes: keys that pointers can name, and numbers that everybody can hold. */
public final class JsonRules {

    private JsonRules() {}

    /** Refuses keys and numbers that no document holds. */
    public static void check(JsonNode value) {
        check(value, JsonRules::keyInJsonInvalid);
    }

    /** The same for a patch, whose keys are places in a document. */
    public static void checkPatch(JsonNode patch) {
        check(patch, JsonRules::keyInvalid);
    }

    private static void check(JsonNode value, Function<String, Problem> ofKey) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                if (!isKey(field.getKey())) {
                    throw ofKey.apply(field.getKey()).asException();
                }
                check(field.getValue(), ofKey);
            }
        } else if (value.isArray()) {
            value.forEach(element -> check(element, ofKey));
        } else if (value.isIntegralNumber() && !value.canConvertToLong()) {
            throw Problems.jsonInvalid("the number " + value.asText() + " has more than 64 bits")
                    .asException();
        }
    }

    private static boolean isKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '/' || isControl(c)) {
                return false;
            }
        }
        return !key.isEmpty();
    }

    private static Problem keyInJsonInvalid(String key) {
        return Problems.jsonInvalid(
                "the key '" + key + "' is empty or holds a slash or a control character");
    }

    /** Refuses a pointer with an empty segment or one that no key can equal. */
    public static void check(JsonPointer path) {
        for (String segment : path.segments()) {
            if (segment.isEmpty()) {
                throw Problem.of(
                                400,
                                "json.pointer.invalid",
                                "The path " + path + " has an empty segment.")
                        .describedBy("Write each slash of a path once.")
                        .asException();
            }
            for (int i = 0; i < segment.length(); i++) {
                if (isControl(segment.charAt(i))) {
                    throw keyInvalid(segment).asException();
                }
            }
        }
    }

    public static Problem keyInvalid(String key) {
        return Problem.of(400, "json.key.invalid", "'" + key + "' can't be a key.")
                .describedBy("Leave out slashes and control characters.");
    }

    private static boolean isControl(char c) {
        return c < ' ' || (c >= 0x7F && c <= 0x9F);
    }
}
