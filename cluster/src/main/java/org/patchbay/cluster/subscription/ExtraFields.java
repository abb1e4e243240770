package org.patchbay.cluster.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/** The {@code extraFields} of a subscription: which, and what the subscriber gets of them. */
public final class ExtraFields {

    private static final String POLICY = "_policy";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]*}}");

    private final String text;
    private final Template template;
    private final @Nullable FieldSelector constant;

    private ExtraFields(String text) {
        this.text = text;
        this.template = Template.parse(text);
        this.constant = template.isConstant() ? FieldSelector.parse(text) : null;
    }

    public static @Nullable ExtraFields of(@Nullable String text) {
        return text == null || text.isBlank() ? null : new ExtraFields(text);
    }

    /** What the publisher must attach, whatever the placeholders come to. */
    String wanted() {
        return PLACEHOLDER.matcher(text).replaceAll("*");
    }

    /** The selection for one signal; none where a placeholder has no value for it. */
    Optional<FieldSelector> selector(Signal signal) {
        if (constant != null) {
            return Optional.of(constant);
        }
        Placeholders placeholders =
                SignalPlaceholders.outbound(signal, Surroundings.NONE)
                        .or((family, name) -> changedFeatures(signal, family, name));
        List<String> values = template.resolve(placeholders).values();
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(FieldSelector.parse(String.join(",", values)));
    }

    /** A change of several features at once is about each of them. */
    private static List<String> changedFeatures(Signal signal, String family, String name) {
        JsonNode value = signal.value();
        if (!family.equals("feature") || !name.equals("id") || value == null) {
            return List.of();
        }
        JsonNode features = signal.path().isRoot() ? value.path("features") : null;
        if (features == null && signal.path().equals(JsonPointer.of("features"))) {
            features = value;
        }
        List<String> ids = new ArrayList<>();
        if (features != null) {
            features.fieldNames().forEachRemaining(ids::add);
        }
        return ids;
    }

    /** What is selected and may be read of what the publisher attached. */
    static JsonNode cut(Publication publication, FieldSelector selector, AuthorizationContext who) {
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        JsonNode extra = publication.extra();
        if (extra == null) {
            return nothing;
        }
        JsonNode selected = selector.select(extra);
        JsonNode policy = selected.get(POLICY);
        JsonNode ofThing = policy == null ? selected : without(selected, POLICY);
        JsonNode readable = publication.readers().readable(who, "thing", JsonPointer.ROOT, ofThing);
        return policy == null
                ? readable == null ? nothing : readable
                : withPolicy(readable, publication, policy, who);
    }

    private static JsonNode without(JsonNode object, String field) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        rest.setAll((ObjectNode) object);
        rest.remove(field);
        return rest;
    }

    /** A thing's policy is shown to those who may read it by its own rows. */
    private static JsonNode withPolicy(
            @Nullable JsonNode ofThing,
            Publication publication,
            JsonNode policy,
            AuthorizationContext who) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        if (ofThing != null) {
            all.setAll((ObjectNode) ofThing);
        }
        JsonNode readable = publication.readers().readable(who, "policy", JsonPointer.ROOT, policy);
        if (readable != null) {
            all.set(POLICY, readable);
        }
        return all;
    }
}
