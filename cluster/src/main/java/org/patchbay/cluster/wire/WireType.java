package org.patchbay.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiFunction;

/**
 * One type on the wire: its name, which never changes, and how it becomes JSON and back.
 *
 * @param name such as {@code connection.created}; with a version suffix where the form changed
 */
public record WireType<T>(
        String name,
        Class<T> type,
        BiFunction<T, WireContext, JsonNode> write,
        BiFunction<JsonNode, WireContext, T> read) {}
