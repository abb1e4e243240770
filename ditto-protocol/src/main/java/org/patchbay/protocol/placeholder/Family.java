package org.patchbay.protocol.placeholder;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.expression.RelativeTime;
import org.patchbay.protocol.json.JsonPointer;

/**
 * The families of placeholders for signals, one row each: prefix, names, and how a value is found.
 */
enum Family {
    ENTITY(
            "entity",
            Set.of("id", "namespace", "name"),
            (in, it) -> id(in.signal(), null, it.name())),
    THING(
            "thing",
            Set.of("id", "namespace", "name"),
            (in, it) -> id(in.signal(), Group.THINGS, it.name())),
    POLICY(
            "policy",
            Set.of("id", "namespace", "name"),
            (in, it) -> id(in.signal(), Group.POLICIES, it.name())),
    FEATURE("feature", Set.of("id"), (in, _) -> feature(in.signal())),
    TOPIC(
            "topic",
            Set.of(
                    "full",
                    "namespace",
                    "entityName",
                    "group",
                    "channel",
                    "criterion",
                    "action",
                    "subject",
                    "action-subject"),
            (in, it) -> topic(in.signal(), it.name())),
    RESOURCE("resource", Set.of("type", "path"), (in, it) -> resource(in.signal(), it.name())),
    HEADER("header", null, (in, it) -> one(in.headers().get(it.name()))),
    REQUEST("request", Set.of("subjectId"), (in, _) -> one(in.subjectId())),
    CONNECTION("connection", Set.of("id"), (in, _) -> one(in.connectionId())),
    SOURCE("source", Set.of("address"), (in, _) -> one(in.sourceAddress())),
    TIME("time", null, (in, it) -> time(it.time(), in.now())) {
        @Override
        boolean has(Reference reference) {
            return reference.time() != null;
        }
    },
    THING_JSON("thing-json", null, (in, it) -> json(in.changed(), it.pointer())) {
        @Override
        boolean has(Reference reference) {
            return !reference.pointer().isRoot();
        }
    };

    private interface Values {
        List<String> of(SignalPlaceholders in, Reference reference);
    }

    private static final Map<String, Family> BY_PREFIX = new HashMap<>();

    static {
        for (Family family : values()) {
            BY_PREFIX.put(family.prefix, family);
        }
    }

    private final String prefix;
    private final @Nullable Set<String> names;
    private final Values values;

    Family(String prefix, @Nullable Set<String> names, Values values) {
        this.prefix = prefix;
        this.names = names;
        this.values = values;
    }

    static @Nullable Family named(String prefix) {
        return BY_PREFIX.get(prefix);
    }

    /** Whether there is such a placeholder. */
    boolean has(Reference reference) {
        return names == null || names.contains(reference.name());
    }

    List<String> values(SignalPlaceholders in, Reference reference) {
        return values.of(in, reference);
    }

    private static List<String> one(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    private static List<String> time(@Nullable RelativeTime time, Instant now) {
        return time == null ? List.of() : List.of(time.text(now));
    }

    private static List<String> id(@Nullable Signal signal, @Nullable Group group, String name) {
        if (signal == null || (group != null && signal.topic().group() != group)) {
            return List.of();
        }
        return List.of(
                switch (name) {
                    case "namespace" -> signal.topic().namespace();
                    case "name" -> signal.topic().name();
                    default -> signal.entityId();
                });
    }

    private static List<String> feature(@Nullable Signal signal) {
        return signal != null
                        && signal.topic().group() == Group.THINGS
                        && signal.path().depth() > 1
                        && signal.path().segment(0).equals("features")
                ? List.of(signal.path().segment(1))
                : List.of();
    }

    private static List<String> topic(@Nullable Signal signal, String name) {
        if (signal == null) {
            return List.of();
        }
        TopicPath topic = signal.topic();
        boolean hasSubject =
                topic.criterion() == Criterion.MESSAGES || topic.criterion() == Criterion.ACKS;
        boolean hasAction = !hasSubject && topic.criterion() != Criterion.ANNOUNCEMENTS;
        return one(
                switch (name) {
                    case "full" -> topic.toString();
                    case "namespace" -> topic.namespace();
                    case "entityName" -> topic.name();
                    case "group" -> topic.group().wireName();
                    case "channel" -> topic.channel().wireName();
                    case "criterion" -> topic.criterion().wireName();
                    case "action" -> hasAction ? topic.action() : null;
                    case "subject" -> hasSubject ? topic.action() : null;
                    default -> topic.action();
                });
    }

    private static List<String> resource(@Nullable Signal signal, String name) {
        if (signal == null) {
            return List.of();
        }
        return List.of(
                name.equals("path") ? signal.path().toString() : resourceType(signal.topic()));
    }

    private static String resourceType(TopicPath topic) {
        if (topic.criterion() == Criterion.MESSAGES) {
            return "message";
        }
        return switch (topic.group()) {
            case THINGS -> "thing";
            case POLICIES -> "policy";
            case CONNECTIONS -> "connection";
        };
    }

    /** A text as it is, an array's elements one by one, anything else as its JSON. */
    private static List<String> json(@Nullable JsonNode document, JsonPointer pointer) {
        JsonNode value = pointer.in(document);
        if (value == null || value.isNull()) {
            return List.of();
        }
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).map(Family::text).toList()
                : List.of(text(value));
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
