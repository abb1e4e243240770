package org.patchbay.connectivity.mapping.javascript.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.SymbolKey;

/**
 * The functions of the language that do much in one step, each behind a {@link Guard}: the clock
 * and the memory of a script are only looked at between steps.
 */
public final class Guards {

    private static final Map<String, Guard.Check> OF_TEXTS =
            Map.of(
                    "repeat", Checks::repeat,
                    "padStart", Checks::pad,
                    "padEnd", Checks::pad,
                    "concat", Checks::concat,
                    "replace", Checks::replace,
                    "replaceAll", Checks::replace,
                    "split", Checks::split);

    /** All other functions of arrays get {@link Checks#elements}. */
    private static final Map<String, Guard.Check> OF_ARRAYS =
            Map.of(
                    "join", Checks::join,
                    "toString", Checks::join,
                    "toLocaleString", Checks::join,
                    "flat", Checks::flat,
                    "concat", Checks::concatenated);

    private static final List<String> TYPED_ARRAYS =
            List.of(
                    "Int8Array",
                    "Uint8Array",
                    "Uint8ClampedArray",
                    "Int16Array",
                    "Uint16Array",
                    "Int32Array",
                    "Uint32Array",
                    "Float32Array",
                    "Float64Array",
                    "BigInt64Array",
                    "BigUint64Array");

    /** What changes an object without regard to its being sealed. */
    private static final List<String> CHANGES =
            List.of(
                    "defineProperty",
                    "defineProperties",
                    "setPrototypeOf",
                    "freeze",
                    "seal",
                    "preventExtensions");

    private final Scriptable globals;

    private Guards(Scriptable globals) {
        this.globals = globals;
    }

    public static void install(Scriptable globals) {
        Guards guards = new Guards(globals);
        guards.functions("String.prototype", OF_TEXTS);
        guards.arrays();
        guards.functions("Array", Map.of("from", (run, _, a) -> Checks.arrayLike(run, a, 0)));
        guards.functions(
                "Function.prototype", Map.of("apply", (run, _, a) -> Checks.arrayLike(run, a, 1)));
        guards.functions(
                "Reflect",
                Map.of(
                        "apply", (run, _, a) -> Checks.arrayLike(run, a, 2),
                        "construct", (run, _, a) -> Checks.arrayLike(run, a, 1)));
        for (String name : CHANGES) {
            guards.functions("Object", Map.of(name, Checks::unsealed));
            guards.functions("Reflect", Map.of(name, Checks::unsealed));
        }
        guards.functions("JSON", Map.of("stringify", Checks::stringify));
        guards.functions("BigInt", Map.of("asIntN", Checks::bits, "asUintN", Checks::bits));
        guards.constructor("Array", Checks::arrayLength);
        guards.constructor("ArrayBuffer", Checks::buffer);
        TYPED_ARRAYS.forEach(name -> guards.constructor(name, Checks::typedArray));
        guards.functions("Uint8Array.prototype", Map.of("join", Checks::join));
        guards.iterator();
    }

    private void functions(String owner, Map<String, Guard.Check> checks) {
        ScriptableObject object = object(owner);
        if (object != null) {
            checks.forEach((name, check) -> function(object, name, check));
        }
    }

    private void arrays() {
        ScriptableObject prototype = Objects.requireNonNull(object("Array.prototype"));
        for (Object id : prototype.getAllIds()) {
            String name = id.toString();
            if (!name.equals("constructor")) {
                function(prototype, name, OF_ARRAYS.getOrDefault(name, Checks::elements));
            }
        }
        symbol(prototype, SymbolKey.ITERATOR, Checks::elements);
    }

    /** Arrays may grow while they are iterated over, so each step is a step of the script. */
    private void iterator() {
        ScriptableObject array = Objects.requireNonNull(object("Array.prototype"));
        if (ScriptableObject.getProperty(array, "values") instanceof Function values) {
            Scriptable iterator =
                    (Scriptable)
                            values.call(Context.getCurrentContext(), globals, array, new Object[0]);
            if (iterator.getPrototype() instanceof ScriptableObject prototype) {
                function(prototype, "next", (_, _, _) -> {});
            }
        }
    }

    private void constructor(String name, Guard.Check check) {
        if (!(ScriptableObject.getProperty(globals, name) instanceof Function function)) {
            return;
        }
        Guard guard = new Guard(globals, function, check);
        put((ScriptableObject) globals, name, guard);
        ScriptableObject prototype = object(name + ".prototype");
        if (prototype != null) {
            put(prototype, "constructor", guard);
        }
    }

    /** Guards a function where it stands, which may be further up than the object. */
    private void function(ScriptableObject object, String name, Guard.Check check) {
        Scriptable at = object;
        while (at != null && !at.has(name, at)) {
            at = at.getPrototype();
        }
        if (at instanceof ScriptableObject owner
                && !Checks.isComputed(owner, name)
                && owner.get(name, owner) instanceof Function function) {
            put(owner, name, new Guard(globals, function, check));
        }
    }

    private void symbol(ScriptableObject owner, SymbolKey key, Guard.Check check) {
        if (owner.get(key, owner) instanceof Function function) {
            owner.defineProperty(
                    key, new Guard(globals, function, check), ScriptableObject.DONTENUM);
        }
    }

    private static void put(ScriptableObject owner, String name, Object value) {
        owner.defineProperty(name, value, ScriptableObject.DONTENUM);
    }

    /** The object at a path such as {@code Array.prototype}. */
    private @Nullable ScriptableObject object(String path) {
        Object at = globals;
        for (String name : path.split("\\.", -1)) {
            at =
                    at instanceof Scriptable object
                            ? ScriptableObject.getProperty(object, name)
                            : null;
        }
        return at instanceof ScriptableObject object ? object : null;
    }
}
