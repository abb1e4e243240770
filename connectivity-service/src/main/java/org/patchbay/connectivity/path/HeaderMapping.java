package org.patchbay.connectivity.path;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Template;

/** The header mapping of a source, a target or a reply target, compiled once. */
public record HeaderMapping(Map<String, Template> templates) {

    public static HeaderMapping of(Map<String, String> configured) {
        Map<String, Template> templates = new LinkedHashMap<>();
        configured.forEach((name, text) -> templates.put(name, Template.parse(text)));
        return new HeaderMapping(templates);
    }

    /** The part of it that makes these headers. */
    public HeaderMapping only(String... names) {
        Map<String, Template> some = new LinkedHashMap<>();
        templates.forEach((name, template) -> {
            if (Arrays.stream(names).anyMatch(name::equalsIgnoreCase)) {
                some.put(name, template);
            }
        });
        return new HeaderMapping(some);
    }

    /**
     * The headers for one message; those that are not resolved are left out.
     *
     * @throws org.patchbay.protocol.ProblemException where a template is wrong
     */
    public Map<String, String> resolve(Placeholders placeholders) {
        if (templates.isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        templates.forEach((name, template) ->
                template.resolve(placeholders).text().ifPresent(value -> headers.put(name, value)));
        return headers;
    }
}
