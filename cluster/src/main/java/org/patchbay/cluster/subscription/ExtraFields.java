package org.patchbay.cluster.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.ProblemException;
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

    /** So many selections are kept; a thing has no more features that change all the time. */
    private static final int KNOWN_MAX = 64;

    private final Template template;
    private final @Nullable FieldSelector constant;

    /** The paths, each by itself; the whole where parentheses or functions keep them together. */
    private final List<Template> paths;

    private final boolean apart;
    private final Map<List<String>, FieldSelector> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<List<String>, FieldSelector> eldest) {
                    return size() > KNOWN_MAX;
                }
            };

    private ExtraFields(String text) {
        this.template = Template.parse(text);
        this.constant = template.isConstant() ? FieldSelector.parse(text) : null;
        List<Template> pieces = Arrays.stream(text.split(",", -1)).map(Template::parse).toList();
        this.apart =
                pieces.stream().noneMatch(piece -> piece.fault().isPresent())
                        && references(pieces.stream()) == references(Stream.of(template))
                        && template.with("").indexOf('(') < 0;
        this.paths = apart ? pieces : List.of(template);
    }

    private static long references(Stream<Template> templates) {
        return templates.mapToLong(template -> template.references().size()).sum();
    }

    public static @Nullable ExtraFields of(@Nullable String text) {
        return text == null || text.isBlank() ? null : new ExtraFields(text);
    }

    /** What the publisher must attach, whatever the placeholders come to. */
    String wanted() {
        return template.with("*");
    }

    /** The selection for one signal; none where a placeholder has no value for it. */
    Optional<FieldSelector> selector(Signal signal) {
        if (constant != null) {
            return Optional.of(constant);
        }
        Placeholders placeholders =
                SignalPlaceholders.outbound(signal, Surroundings.NONE)
                        .or((family, name) -> changedFeatures(signal, family, name));
        List<String> selected = new ArrayList<>(paths.size());
        for (Template path : paths) {
            List<String> values = path.resolve(placeholders).values();
            if (values.isEmpty()) {
                return Optional.empty();
            }
            selected.addAll(values);
        }
        try {
            return Optional.of(selector(selected));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /**
     * Read once for each feature, not once for each of its changes. What a device calls a feature
     * is one segment of a path, whatever commas and parentheses are in it.
     */
    private FieldSelector selector(List<String> selected) {
        synchronized (known) {
            return known.computeIfAbsent(selected, this::read);
        }
    }

    private FieldSelector read(List<String> selected) {
        return apart
                ? FieldSelector.of(selected.stream().map(JsonPointer::parse).toList())
                : FieldSelector.parse(String.join(",", selected));
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
