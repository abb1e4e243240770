package org.patchbay.connectivity.transport.kafka.publishing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a message is published: {@code topic}, {@code topic/key} or {@code topic#partition}.
 *
 * @param partition null where the key decides, or, without a key, Kafka
 */
record Destination(String topic, @Nullable String key, @Nullable Integer partition) {

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?<topic>[a-zA-Z0-9._-]{1,249})(?:/(?<key>.+)|#(?<partition>\\d{1,9}))?",
                    Pattern.DOTALL);

    /** Null where the address is none. */
    static @Nullable Destination of(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return null;
        }
        String partition = parts.group("partition");
        return new Destination(
                parts.group("topic"),
                parts.group("key"),
                partition == null ? null : (Integer) Integer.parseInt(partition));
    }
}
