package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a connection's log.
 *
 * @param correlationId null where the message has none
 * @param entityId the thing or policy it is about
 */
public record LogEntry(
        Instant timestamp,
        Category category,
        MetricType type,
        Level level,
        String message,
        @Nullable String correlationId,
        @Nullable String address,
        @Nullable String entityId) {

    /** Which part of a connection it is about. */
    public enum Category {
        CONNECTION,
        SOURCE,
        TARGET,
        RESPONSE
    }

    /** Whether it went well. */
    public enum Level {
        SUCCESS,
        FAILURE
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("correlationId", correlationId == null ? "<not-provided>" : correlationId);
        json.put("timestamp", timestamp.toString());
        json.put("category", lower(category));
        json.put("type", type.wireName());
        json.put("level", lower(level));
        json.put("message", message);
        if (address != null) {
            json.put("address", address);
        }
        if (entityId != null) {
            json.put("entityId", entityId);
        }
        return json;
    }

    /** About how much room it takes, in memory as in a report. */
    int sizeBytes() {
        return 200 + message.length() + length(correlationId) + length(address) + length(entityId);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
