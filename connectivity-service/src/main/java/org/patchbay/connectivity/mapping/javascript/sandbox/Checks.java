package org.patchbay.connectivity.mapping.javascript.sandbox;

import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.SymbolKey;
import org.mozilla.javascript.Undefined;
import org.mozilla.javascript.typedarrays.NativeArrayBuffer;
import org.mozilla.javascript.typedarrays.NativeArrayBufferView;

/** How much the functions of the language would take; the rows of {@link Guards}. */
final class Checks {

    private static final int DEPTH_MAX = 200;
    private static final int BITS_MAX = 100_000;
    private static final int INDENT_MAX = 10;
    private static final double BYTES_OF_PART = 40;

    private Checks() {}

    static void repeat(Sandbox.Run run, Scriptable self, Object[] arguments) {
        run.checkTextLength(text(self).length() * number(arguments, 0));
    }

    static void pad(Sandbox.Run run, Scriptable self, Object[] arguments) {
        run.checkTextLength(number(arguments, 0));
    }

    static void concat(Sandbox.Run run, Scriptable self, Object[] arguments) {
        double length = text(self).length();
        for (int i = 0; i < arguments.length; i++) {
            length += textArgument(arguments, i).length();
        }
        run.checkTextLength(length);
    }

    /** At worst every character is replaced, and {@code $`} stands for the whole text each time. */
    static void replace(Sandbox.Run run, Scriptable self, Object[] arguments) {
        if (arguments.length > 1 && !(arguments[1] instanceof Callable)) {
            double length = text(self).length();
            String by = textArgument(arguments, 1);
            double dollars = by.chars().filter(c -> c == '$').count();
            run.reserve(2 * length * (1 + by.length() + dollars * length));
        }
    }

    static void split(Sandbox.Run run, Scriptable self, Object[] arguments) {
        boolean everyCharacter =
                arguments.length > 0
                        && (arguments[0] instanceof Scriptable
                                || textArgument(arguments, 0).isEmpty());
        if (everyCharacter) {
            run.reserve(text(self).length() * BYTES_OF_PART);
        }
    }

    static void elements(Sandbox.Run run, Scriptable self, Object[] arguments) {
        double count = length(self);
        for (Object argument : arguments) {
            count += argument instanceof NativeArray array ? array.getLength() : 0;
        }
        run.checkElements(count);
    }

    static void concatenated(Sandbox.Run run, Scriptable self, Object[] arguments) {
        double count = length(self);
        for (Object argument : arguments) {
            if (argument instanceof ScriptableObject object
                    && (object instanceof NativeArray
                            || ScriptableObject.hasProperty(
                                    object, SymbolKey.IS_CONCAT_SPREADABLE))) {
                count += length(object);
            }
        }
        run.checkElements(count);
    }

    static void join(Sandbox.Run run, Scriptable self, Object[] arguments) {
        double count = length(self);
        run.checkElements(count);
        double separator =
                arguments.length == 0 || isUndefined(arguments[0])
                        ? 1
                        : textArgument(arguments, 0).length();
        double length = count * separator;
        if (self instanceof NativeArray array) {
            for (int i = 0; i < count; i++) {
                length += array.get(i, array) instanceof CharSequence text ? text.length() : 1;
            }
        }
        run.checkTextLength(length);
    }

    static void flat(Sandbox.Run run, Scriptable self, Object[] arguments) {
        double depth = arguments.length == 0 ? 1 : number(arguments, 0);
        run.checkElements(flattened(run, self, Math.min(depth, DEPTH_MAX), 0));
    }

    private static double flattened(Sandbox.Run run, Scriptable list, double depth, double before) {
        double count = before + length(list);
        run.checkElements(count);
        if (depth > 0 && list instanceof NativeArray array) {
            for (int i = 0; i < array.getLength(); i++) {
                if (array.get(i, array) instanceof NativeArray nested) {
                    count = flattened(run, nested, depth - 1, count);
                }
            }
        }
        return count;
    }

    /** Where a list of values is taken from an argument. */
    static void arrayLike(Sandbox.Run run, Object[] arguments, int at) {
        if (arguments.length > at && arguments[at] instanceof Scriptable list) {
            run.checkElements(length(list));
        }
    }

    static void arrayLength(Sandbox.Run run, Scriptable self, Object[] arguments) {
        if (arguments.length == 1 && arguments[0] instanceof Number length) {
            run.checkElements(length.doubleValue());
        }
    }

    static void buffer(Sandbox.Run run, Scriptable self, Object[] arguments) {
        if (arguments.length > 0) {
            run.reserve(number(arguments, 0));
        }
    }

    static void typedArray(Sandbox.Run run, Scriptable self, Object[] arguments) {
        if (arguments.length == 0 || arguments[0] instanceof NativeArrayBuffer) {
            return;
        }
        boolean isList = arguments[0] instanceof Scriptable && !isUndefined(arguments[0]);
        run.reserve(8 * (isList ? length((Scriptable) arguments[0]) : number(arguments, 0)));
    }

    /** What scripts share is nobody's to change; said as Rhino says it of an assignment. */
    static void unsealed(Sandbox.Run run, Scriptable self, Object[] arguments) {
        if (arguments.length > 0
                && arguments[0] instanceof ScriptableObject object
                && object.isSealed()) {
            throw Context.reportRuntimeError("Cannot modify a sealed object.");
        }
    }

    static void bits(Sandbox.Run run, Scriptable self, Object[] arguments) {
        if (arguments.length > 0 && number(arguments, 0) > BITS_MAX) {
            throw new LimitExceeded("it computes with numbers of more than " + BITS_MAX + " bits");
        }
    }

    /**
     * Values may hold each other many times over, so their text is measured before it is written.
     */
    static void stringify(Sandbox.Run run, Scriptable self, Object[] arguments) {
        if (arguments.length > 0) {
            boolean isIndented = arguments.length > 2 && !isUndefined(arguments[2]);
            measured(run, arguments[0], 0, isIndented ? INDENT_MAX : 0, 0);
        }
    }

    private static double measured(
            Sandbox.Run run, Object value, int depth, int indent, double before) {
        double length = before + 2 + (double) indent * depth;
        if (value instanceof CharSequence text) {
            length += text.length();
        } else if (value instanceof ScriptableObject object && !(value instanceof Callable)) {
            if (depth > DEPTH_MAX) {
                throw new LimitExceeded("a value is nested deeper than " + DEPTH_MAX);
            }
            run.check();
            run.checkElements(object instanceof NativeArray array ? array.getLength() : 0);
            for (Object id : object.getIds()) {
                length = field(run, object, id, depth, indent, length);
            }
        }
        run.checkTextLength(length);
        return length;
    }

    private static double field(
            Sandbox.Run run,
            ScriptableObject object,
            Object id,
            int depth,
            int indent,
            double before) {
        double length = before;
        Object value;
        if (id instanceof Integer index) {
            value = object.get(index, object);
        } else {
            String name = id.toString();
            length += name.length() + 3;
            // A getter is a script, and is watched as such.
            value = isComputed(object, name) ? "" : object.get(name, object);
        }
        return measured(run, value, depth + 1, indent, length);
    }

    /** How long a list is. What could be of another length the next time it is asked is refused. */
    private static double length(Scriptable list) {
        if (list instanceof NativeArray array) {
            return array.getLength();
        }
        if (list instanceof NativeArrayBufferView view) {
            return view.getByteLength();
        }
        for (Scriptable at = list; at != null; at = at.getPrototype()) {
            if (!(at instanceof ScriptableObject object)
                    || object.getClassName().equals("Proxy")
                    || isComputed(object, "length")) {
                throw new LimitExceeded("it uses something computed as a list");
            }
            if (object.has("length", object)) {
                Object length = object.get("length", object);
                if (length instanceof Scriptable) {
                    throw new LimitExceeded("it uses something computed as a list");
                }
                return ScriptRuntime.toNumber(length);
            }
        }
        return 0;
    }

    /** Whether an object's own property is one with a getter or a setter. */
    static boolean isComputed(ScriptableObject object, String name) {
        Object getter = object.getGetterOrSetter(name, 0, object, false);
        Object setter = object.getGetterOrSetter(name, 0, object, true);
        return (getter != null && !isUndefined(getter)) || (setter != null && !isUndefined(setter));
    }

    private static double number(Object[] arguments, int at) {
        if (arguments.length <= at) {
            return 0;
        }
        double number = ScriptRuntime.toNumber(arguments[at]);
        arguments[at] = number;
        return number;
    }

    private static String textArgument(Object[] arguments, int at) {
        String text = ScriptRuntime.toString(arguments[at]);
        arguments[at] = text;
        return text;
    }

    private static String text(Scriptable self) {
        return ScriptRuntime.toString(self);
    }

    private static boolean isUndefined(Object value) {
        return Undefined.isUndefined(value);
    }
}
