package org.patchbay.cluster.wire;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All wire types of this program, by name and by class. */
public final class WireTypes {

    private final Map<String, WireType<?>> byName = new HashMap<>();
    private final Map<Class<?>, WireType<?>> byClass = new ConcurrentHashMap<>();
    private final Map<String, WireVocabulary> vocabularies = new HashMap<>();
    private final List<WireType<?>> all;

    private WireTypes(Iterable<WireVocabulary> vocabularies) {
        for (WireVocabulary vocabulary : vocabularies) {
            vocabulary.types().forEach(type -> add(type, vocabulary));
        }
        all = List.copyOf(byName.values());
    }

    /** The types of every {@link WireVocabulary} on the class path. */
    public static WireTypes onClassPath() {
        return Discovered.TYPES;
    }

    public Collection<WireType<?>> all() {
        return all;
    }

    /** The type with this name, or null where this program does not know it. */
    public @Nullable WireType<?> named(String name) {
        return byName.get(name);
    }

    /** What lists the type with this name, or null where this program does not know it. */
    @Nullable WireVocabulary vocabularyOf(String name) {
        return vocabularies.get(name);
    }

    /** The type of a class or of what it extends, or null where it is no wire type. */
    public @Nullable WireType<?> of(Class<?> type) {
        WireType<?> known = byClass.get(type);
        return known != null ? known : inherited(type);
    }

    private @Nullable WireType<?> inherited(Class<?> type) {
        for (WireType<?> candidate : all) {
            if (candidate.type().isAssignableFrom(type)) {
                byClass.put(type, candidate);
                return candidate;
            }
        }
        return null;
    }

    private void add(WireType<?> type, WireVocabulary vocabulary) {
        vocabularies.put(type.name(), vocabulary);
        if (byName.put(type.name(), type) != null) {
            throw new IllegalStateException("Two wire types have the name " + type.name());
        }
        if (byClass.put(type.type(), type) != null) {
            throw new IllegalStateException(type.type() + " has two names on the wire");
        }
    }

    private static final class Discovered {
        private static final WireTypes TYPES =
                new WireTypes(
                        ServiceLoader.load(WireVocabulary.class, WireTypes.class.getClassLoader()));
    }
}
