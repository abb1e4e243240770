package org.patchbay.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Turns values of wire types into JSON and back; how references to actors are written is given. */
public final class WireCodec implements WireContext {

    private static final String TYPE = "type";
    private static final String VALUE = "value";

    private final WireTypes types;
    private final Function<ActorRef<?>, String> writeRef;
    private final Function<String, ActorRef<?>> readRef;

    public WireCodec(
            WireTypes types,
            Function<ActorRef<?>, String> writeRef,
            Function<String, ActorRef<?>> readRef) {
        this.types = types;
        this.writeRef = writeRef;
        this.readRef = readRef;
    }

    /** The explicit name of a value's type. */
    public String nameOf(Object value) {
        return typeOf(value).name();
    }

    public JsonNode write(Object value) {
        return write(typeOf(value), value);
    }

    public Object read(String name, JsonNode json) {
        WireType<?> type = types.named(name);
        if (type == null) {
            throw new IllegalArgumentException("Unknown wire type " + name);
        }
        return type.read().apply(json, this);
    }

    @Override
    public String writeRef(ActorRef<?> ref) {
        return writeRef.apply(ref);
    }

    @Override
    @SuppressWarnings("unchecked") // what a reference takes is not on the wire
    public <T> ActorRef<T> readRef(String text) {
        return (ActorRef<T>) readRef.apply(text);
    }

    @Override
    public JsonNode writeAny(@Nullable Object value) {
        if (value == null) {
            return NullNode.getInstance();
        }
        WireType<?> type = typeOf(value);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(TYPE, type.name());
        json.set(VALUE, write(type, value));
        return json;
    }

    @Override
    public @Nullable Object readAny(@Nullable JsonNode json) {
        return json == null || json.isNull()
                ? null
                : read(json.required(TYPE).textValue(), json.required(VALUE));
    }

    private WireType<?> typeOf(Object value) {
        WireType<?> type = types.of(value.getClass());
        if (type == null) {
            throw new IllegalArgumentException(value.getClass() + " is no wire type");
        }
        return type;
    }

    private <T> JsonNode write(WireType<T> type, Object value) {
        return type.write().apply(type.type().cast(value), this);
    }
}
