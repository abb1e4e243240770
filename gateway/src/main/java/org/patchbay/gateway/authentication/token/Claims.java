package org.patchbay.gateway.authentication.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Placeholders;

/**
 * The placeholders {@code jwt:<pointer>}: the claim at that place, each element where it is an
 * array, also where the pointer leads through one.
 */
record Claims(JsonNode json) implements Placeholders {

    static final String FAMILY = "jwt";

    @Override
    public @Nullable List<String> values(String family, String name) {
        if (!family.equals(FAMILY)) {
            return null;
        }
        Set<String> values = new LinkedHashSet<>();
        collect(json, JsonPointer.parse(name), values);
        return List.copyOf(values);
    }

    private static void collect(@Nullable JsonNode at, JsonPointer rest, Set<String> values) {
        if (at == null || at.isNull()) {
            return;
        }
        if (at.isArray()) {
            at.forEach(element -> collect(element, rest, values));
        } else if (!rest.isRoot()) {
            collect(at.get(rest.segment(0)), rest.from(1), values);
        } else {
            values.add(at.isValueNode() ? at.asText() : at.toString());
        }
    }
}
