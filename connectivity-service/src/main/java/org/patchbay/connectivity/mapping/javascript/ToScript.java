package org.patchbay.connectivity.mapping.javascript;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.TopLevel;
import org.mozilla.javascript.Undefined;
import org.mozilla.javascript.typedarrays.NativeArrayBuffer;
import org.patchbay.protocol.header.Headers;

/** Our values as those of a script. */
record ToScript(Scriptable scope) {

    Object value(@Nullable JsonNode json) {
        if (json == null) {
            return Undefined.instance;
        }
        return switch (json.getNodeType()) {
            case STRING -> json.textValue();
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.isInt() ? (Object) json.intValue() : (Object) json.doubleValue();
            case OBJECT -> object(json);
            case ARRAY -> array(json);
            case NULL, MISSING, BINARY, POJO -> orNull(null);
        };
    }

    /** A value that may be null: Java's null is JavaScript's. */
    @SuppressWarnings("NullAway") // Rhino's signatures don't say that they take null
    static Object orNull(@Nullable Object value) {
        return value;
    }

    NativeObject object() {
        NativeObject object = new NativeObject();
        ScriptRuntime.setBuiltinProtoAndParent(object, scope, TopLevel.Builtins.Object);
        return object;
    }

    /** Headers are texts, whatever they mean. */
    NativeObject headers(Headers headers) {
        NativeObject object = object();
        headers.forEach((name, value) -> object.put(name, object, value));
        return object;
    }

    /**
     * A copy of the bytes. The buffer has no prototype: scripts read it through typed arrays and
     * views, and those that ask for its {@code byteLength} rely on getting undefined.
     */
    static @Nullable NativeArrayBuffer bytes(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        NativeArrayBuffer buffer = new NativeArrayBuffer(bytes.remaining());
        bytes.duplicate().get(buffer.getBuffer());
        return buffer;
    }

    private NativeObject object(JsonNode json) {
        NativeObject object = object();
        json.properties()
                .forEach(field -> {
                    Object value = value(field.getValue());
                    put(object, field.getKey(), value);
                });
        return object;
    }

    private static void put(NativeObject object, String key, Object value) {
        // Keys that look like an index are numbers to Rhino.
        ScriptRuntime.StringIdOrIndex id = ScriptRuntime.toStringIdOrIndex(key);
        if (id.getStringId() == null) {
            object.put(id.getIndex(), object, value);
        } else {
            object.put(key, object, value);
        }
    }

    private NativeArray array(JsonNode json) {
        Object[] elements = new Object[json.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = value(json.get(i));
        }
        NativeArray array = new NativeArray(elements);
        ScriptRuntime.setBuiltinProtoAndParent(array, scope, TopLevel.Builtins.Array);
        return array;
    }
}
