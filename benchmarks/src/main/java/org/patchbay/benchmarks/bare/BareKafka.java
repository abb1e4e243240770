package org.patchbay.benchmarks.bare;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka: what was polled together is published, and committed when all of it is acknowledged, or
 * with what comes next while a commit is under way: they would pile up.
 */
final class BareKafka {

    private final KafkaConsumer<byte[], byte[]> in;
    private final KafkaProducer<byte[], byte[]> out;
    private final String topicOut;
    private boolean committing;

    private BareKafka(
            KafkaConsumer<byte[], byte[]> in, KafkaProducer<byte[], byte[]> out, String topicOut) {
        this.in = in;
        this.out = out;
        this.topicOut = topicOut;
    }

    static void start(int port, String topicIn, String topicOut) {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + port,
                        "group.id",
                        "bare",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed",
                        "acks",
                        "all",
                        "linger.ms",
                        0);
        KafkaConsumer<byte[], byte[]> in =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> out =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        in.subscribe(List.of(topicIn));
        Thread.ofPlatform().start(new BareKafka(in, out, topicOut)::loop);
    }

    private void loop() {
        while (true) {
            ConsumerRecords<byte[], byte[]> polled = in.poll(Duration.ofSeconds(1));
            for (ConsumerRecord<byte[], byte[]> one : polled) {
                out.send(
                        new ProducerRecord<>(topicOut, one.value()),
                        (_, failure) -> {
                            if (failure != null) {
                                throw new IllegalStateException(
                                        "The broker does not take it", failure);
                            }
                        });
            }
            out.flush();
            commit();
        }
    }

    private void commit() {
        if (!committing) {
            committing = true;
            in.commitAsync((_, _) -> committing = false);
        }
    }
}
