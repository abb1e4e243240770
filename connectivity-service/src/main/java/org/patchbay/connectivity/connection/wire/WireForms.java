package org.patchbay.connectivity.connection.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;

/** What the vocabularies of connections have in common. */
final class WireForms {

    private WireForms() {}

    /** A type without fields. */
    static <T> WireType<T> empty(String name, Class<T> type, Supplier<T> make) {
        return new WireType<>(name, type, (_, _) -> object(), (_, _) -> make.get());
    }

    /** A type whose only content is a connection. */
    static <T> WireType<T> connection(
            String name, Class<T> type, Function<T, Connection> get, Function<Connection, T> make) {
        return new WireType<>(
                name,
                type,
                (value, _) -> object().set("connection", ConnectionJson.write(get.apply(value))),
                (json, _) -> make.apply(readConnection(json)));
    }

    /** An event that is only about when. */
    static <T> WireType<T> at(
            String name, Class<T> type, Function<T, Instant> get, Function<Instant, T> make) {
        return new WireType<>(
                name,
                type,
                (value, _) -> object().put("at", get.apply(value).toString()),
                (json, _) -> make.apply(readTime(json, "at")));
    }

    /** An event about a connection and when. */
    static <T> WireType<T> connectionAt(
            String name,
            Class<T> type,
            Function<T, Connection> get,
            Function<T, Instant> at,
            BiFunction<Connection, Instant, T> make) {
        return new WireType<>(
                name,
                type,
                (value, _) -> {
                    ObjectNode json = object();
                    json.put("at", at.apply(value).toString());
                    json.set("connection", ConnectionJson.write(get.apply(value)));
                    return json;
                },
                (json, _) -> make.apply(readConnection(json), readTime(json, "at")));
    }

    /** A type whose only content is a revision. */
    static <T> WireType<T> revision(
            String name, Class<T> type, Function<T, Long> get, Function<Long, T> make) {
        return new WireType<>(
                name,
                type,
                (value, _) -> object().put("revision", get.apply(value)),
                (json, _) -> make.apply(json.required("revision").longValue()));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Connection readConnection(JsonNode json) {
        return ConnectionJson.read(json.required("connection"));
    }

    static Instant readTime(JsonNode json, String field) {
        return Instant.parse(json.required(field).textValue());
    }

    static void putTime(ObjectNode json, String field, @Nullable Instant time) {
        json.put(field, time == null ? null : time.toString());
    }

    static @Nullable Instant readTimeOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? readTime(json, field) : null;
    }

    static void putNumber(ObjectNode json, String field, @Nullable Long number) {
        json.put(field, number);
    }

    static @Nullable Long readNumberOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? (Long) json.get(field).longValue() : null;
    }

    static @Nullable String readTextOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.get(field).textValue() : null;
    }
}
