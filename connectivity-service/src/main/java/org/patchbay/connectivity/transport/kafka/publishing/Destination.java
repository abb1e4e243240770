package org.patchbay.connectivity.transport.kafka.publishing;

import org.jspecify.annotations.Nullable;

/**
 * Where a message is published: {@code topic}, {@code topic/key} or {@code topic#partition}.
 *
 * @param partition null where the key decides, or, without a key, Kafka
 */
record Destination(String topic, @Nullable String key, @Nullable Integer partition) {

    private static final int TOPIC_MAX = 249;
    private static final int DIGITS_MAX = 9;

    /** Null where the address is none. */
    static @Nullable Destination of(String address) {
        int end = endOfTopic(address);
        if (end == 0 || end > TOPIC_MAX) {
            return null;
        }
        String topic = address.substring(0, end);
        if (end == address.length()) {
            return new Destination(topic, null, null);
        }
        String rest = address.substring(end + 1);
        return switch (address.charAt(end)) {
            case '/' -> rest.isEmpty() ? null : new Destination(topic, rest, null);
            case '#' ->
                    isNumber(rest) ? new Destination(topic, null, Integer.parseInt(rest)) : null;
            default -> null;
        };
    }

    private static int endOfTopic(String address) {
        int end = 0;
        while (end < address.length() && isOfTopic(address.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isOfTopic(char c) {
        return 'a' <= c && c <= 'z'
                || 'A' <= c && c <= 'Z'
                || isDigit(c)
                || c == '.'
                || c == '_'
                || c == '-';
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= DIGITS_MAX
                && text.chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isDigit(char c) {
        return '0' <= c && c <= '9';
    }
}
