package org.patchbay.connectivity.mapping.javascript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.Undefined;
import org.mozilla.javascript.typedarrays.NativeArrayBuffer;
import org.mozilla.javascript.typedarrays.NativeArrayBufferView;
import org.patchbay.connectivity.mapping.javascript.sandbox.LimitExceeded;
import org.patchbay.connectivity.mapping.javascript.sandbox.Sandbox;

/**
 * A script's values as ours, by the rules of {@code JSON.stringify}: undefined and functions are
 * left out, NaN is null, a Map is an empty object, {@code toJSON} is honoured.
 */
final class FromScript {

    private static final int DEPTH_MAX = 200;
    private static final double WHOLE_MAX = 9_007_199_254_740_992.0;
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private final Sandbox.Run run;
    private double size;

    FromScript(Sandbox.Run run) {
        this.run = run;
    }

    /** The value as JSON, null for what JSON has no place for. */
    @Nullable JsonNode json(@Nullable Object value) {
        return json(value, 0);
    }

    private @Nullable JsonNode json(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> MAKE.nullNode();
            case CharSequence text -> text(text);
            case Boolean truth -> MAKE.booleanNode(truth);
            case Number number -> number(number);
            case Callable _ -> null;
            case Symbol _ -> null;
            case Scriptable object ->
                    Undefined.isUndefined(object) ? null : composite(object, depth);
            default -> null;
        };
    }

    /** Values may hold each other many times over, so what they amount to is counted. */
    private void grow(double bytes) {
        size += bytes;
        if (size > run.limits().payloadMaxBytes()) {
            throw new LimitExceeded(
                    "its result has more than " + run.limits().payloadMaxBytes() + " bytes");
        }
    }

    private JsonNode text(CharSequence text) {
        grow(text.length());
        return MAKE.textNode(text.toString());
    }

    private @Nullable JsonNode composite(Scriptable object, int depth) {
        run.check();
        grow(2);
        if (depth > DEPTH_MAX) {
            throw new ScriptFailure("the result is nested deeper than " + DEPTH_MAX);
        }
        if (object instanceof NativeArray array) {
            return array(array, depth);
        }
        Object toJson = ScriptableObject.getProperty(object, "toJSON");
        if (toJson instanceof Callable function) {
            return json(
                    function.call(run, object.getParentScope(), object, new Object[] {""}),
                    depth + 1);
        }
        return switch (object.getClassName()) {
            case "String", "Number", "Boolean" -> json(object.getDefaultValue(null), depth + 1);
            default -> object(object, depth);
        };
    }

    private JsonNode object(Scriptable object, int depth) {
        ObjectNode json = MAKE.objectNode();
        for (Object id : object.getIds()) {
            if (id instanceof Symbol) {
                continue;
            }
            Object field =
                    id instanceof Integer index
                            ? ScriptableObject.getProperty(object, index)
                            : ScriptableObject.getProperty(object, id.toString());
            JsonNode value = json(field, depth + 1);
            if (value != null) {
                grow(id.toString().length() + 4.0);
                json.set(id.toString(), value);
            }
        }
        return json;
    }

    private JsonNode array(NativeArray array, int depth) {
        grow(array.getLength() * 2.0);
        ArrayNode json = MAKE.arrayNode();
        for (int i = 0; i < array.getLength(); i++) {
            json.add(json(ScriptableObject.getProperty(array, i), depth + 1));
        }
        return json;
    }

    private static JsonNode number(Number number) {
        return switch (number) {
            case Integer whole -> MAKE.numberNode(whole);
            case Long whole -> MAKE.numberNode(whole);
            case BigInteger big -> MAKE.numberNode(big);
            default -> number(number.doubleValue());
        };
    }

    private static JsonNode number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return MAKE.nullNode();
        }
        if (number != Math.rint(number)) {
            return MAKE.numberNode(number);
        }
        return Math.abs(number) <= WHOLE_MAX
                ? MAKE.numberNode((long) number)
                : MAKE.numberNode(new BigDecimal(Double.toString(number)).toBigInteger());
    }

    /** A text as it is; anything else as its JSON; null for null and undefined. */
    @Nullable String text(@Nullable Object value) {
        JsonNode json = json(value);
        if (json == null || json.isNull()) {
            return null;
        }
        return json.isTextual() ? json.textValue() : json.toString();
    }

    /**
     * A copy of the bytes of an ArrayBuffer or of a view of one, as the script may keep and change
     * it while the message still waits; null for everything else.
     */
    @Nullable ByteBuffer bytes(@Nullable Object value) {
        ByteBuffer live = bytesOf(value);
        if (live == null) {
            return null;
        }
        grow(live.remaining());
        byte[] copy = new byte[live.remaining()];
        live.get(copy);
        return ByteBuffer.wrap(copy);
    }

    private static @Nullable ByteBuffer bytesOf(@Nullable Object value) {
        return switch (value) {
            case NativeArrayBuffer buffer ->
                    ByteBuffer.wrap(buffer.getBuffer(), 0, buffer.getLength());
            case NativeArrayBufferView view ->
                    ByteBuffer.wrap(
                                    view.getBuffer().getBuffer(),
                                    view.getByteOffset(),
                                    view.getByteLength())
                            .slice();
            case null, default -> null;
        };
    }
}
