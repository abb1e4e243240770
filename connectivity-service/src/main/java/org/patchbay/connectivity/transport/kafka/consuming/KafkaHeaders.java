package org.patchbay.connectivity.transport.kafka.consuming;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;

/** Headers of a Kafka record as headers, with what else Kafka knows of it. */
final class KafkaHeaders {

    private static final String TOPIC = "kafka.topic";
    private static final String PARTITION = "kafka.partition";
    private static final String OFFSET = "kafka.offset";
    private static final String KEY = "kafka.key";
    private static final String TIMESTAMP = "kafka.timestamp";

    /** When the message was made, in milliseconds since 1970. */
    private static final String CREATION_TIME = "creation-time";

    /** For how many milliseconds it is of use. */
    private static final String TTL = "ttl";

    private KafkaHeaders() {}

    /** Of several headers with one name the last counts; nobody but Kafka says what the key is. */
    static Headers of(ConsumerRecord<byte[], byte[]> record) {
        Headers.Builder headers = Headers.builder();
        for (Header header : record.headers()) {
            if (header.value() != null && !header.key().equalsIgnoreCase(KEY)) {
                headers.set(header.key(), text(header.value()));
            }
        }
        headers.set(TOPIC, record.topic());
        headers.set(PARTITION, String.valueOf(record.partition()));
        headers.set(OFFSET, String.valueOf(record.offset()));
        headers.set(TIMESTAMP, String.valueOf(record.timestamp()));
        if (record.key() != null) {
            headers.set(KEY, text(record.key()));
        }
        return headers.build();
    }

    /** Since when the message is of no use any more, in words; null where it still is. */
    static @Nullable String expired(Headers headers, long nowMs) {
        Long made = number(headers.get(CREATION_TIME));
        Long ttl = number(headers.get(TTL));
        if (made == null || ttl == null || nowMs - made <= ttl) {
            return null;
        }
        return "Expired: made " + (nowMs - made) + " ms ago, with a ttl of " + ttl + " ms.";
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null ? null : (Long) Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
