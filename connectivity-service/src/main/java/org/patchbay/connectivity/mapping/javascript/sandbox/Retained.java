package org.patchbay.connectivity.mapping.javascript.sandbox;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.ConsString;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * How much memory the global variables of a script hold, roughly: everything that can be reached
 * from its scope but is not shared with other scripts. Looks at the objects of Rhino themselves,
 * because a script can keep things where it could not be asked for them: in closures, bound
 * functions, generators.
 */
public final class Retained {

    private static final int OBJECT_BYTES = 16;
    private static final int REFERENCE_BYTES = 4;
    private static final String RHINO = "org.mozilla.javascript.";
    private static final Map<Class<?>, Field[]> FIELDS = new ConcurrentHashMap<>();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final long most;
    private long bytes;

    private Retained(long most) {
        this.most = most;
    }

    /** Whether it is more than that; stops looking when it is. */
    public static boolean isMoreThan(long most, Scriptable scope) {
        Retained retained = new Retained(most);
        retained.look(scope);
        while (!retained.waiting.isEmpty() && retained.bytes <= most) {
            retained.into(retained.waiting.remove());
        }
        return retained.bytes > most;
    }

    private void look(@Nullable Object value) {
        if (value != null && !isShared(value) && seen.add(value)) {
            waiting.add(value);
        }
    }

    /** What belongs to all scripts, or is no data. */
    private static boolean isShared(Object value) {
        return value instanceof ScriptableObject object && object.isSealed()
                || value instanceof Context
                || value instanceof ContextFactory
                || value instanceof Class<?>
                || value instanceof ClassLoader
                || value instanceof Thread
                || value instanceof Enum<?>;
    }

    private void into(Object value) {
        bytes += OBJECT_BYTES;
        switch (value) {
            case ConsString text -> bytes += text.length();
            // Before lists and maps, because arrays of scripts are such, too, with getters.
            case Scriptable object -> fields(object);
            case Object object when object.getClass().getName().startsWith(RHINO) -> fields(object);
            case CharSequence text -> bytes += text.length();
            case Map<?, ?> map -> map.forEach(this::entry);
            case Collection<?> collection -> collection.forEach(this::element);
            case Object array when array.getClass().isArray() -> array(array);
            default -> bytes += OBJECT_BYTES;
        }
    }

    private void entry(@Nullable Object key, @Nullable Object value) {
        bytes += OBJECT_BYTES;
        element(key);
        element(value);
    }

    private void element(@Nullable Object value) {
        bytes += REFERENCE_BYTES;
        if (bytes <= most) {
            look(value);
        }
    }

    private void array(Object array) {
        int length = Array.getLength(array);
        if (array instanceof Object[] elements) {
            bytes += (long) REFERENCE_BYTES * length;
            for (Object element : elements) {
                look(element);
            }
        } else {
            bytes += (long) width(array.getClass().componentType()) * length;
        }
    }

    private static int width(Class<?> component) {
        return component == long.class || component == double.class
                ? Long.BYTES
                : component == byte.class || component == boolean.class
                        ? 1
                        : component == int.class || component == float.class
                                ? Integer.BYTES
                                : Short.BYTES;
    }

    private void fields(Object object) {
        for (Field field : FIELDS.computeIfAbsent(object.getClass(), Retained::fieldsOf)) {
            bytes += REFERENCE_BYTES;
            try {
                look(field.get(object));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Field[] fieldsOf(Class<?> type) {
        Stream<Field> all = Stream.empty();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            all = Stream.concat(all, Stream.of(at.getDeclaredFields()));
        }
        return all.filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> !field.getType().isPrimitive())
                .filter(Field::trySetAccessible)
                .toArray(Field[]::new);
    }
}
