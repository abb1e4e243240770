package org.patchbay.benchmarks.transports.ends;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.patchbay.benchmarks.load.Ends;

/** Records to a topic with one partition, and those of another topic from now on. */
public final class KafkaEnds implements Ends {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Way way;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread hearing;
    private Consumer<ByteBuffer> listener = _ -> {};

    public KafkaEnds(int port, Way way) {
        this.way = way;
        Map<String, Object> properties =
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "linger.ms", 0);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        hearing = Thread.ofPlatform().unstarted(this::poll);
    }

    @Override
    public void hear(Consumer<ByteBuffer> payloads) {
        listener = payloads;
        TopicPartition partition = new TopicPartition(way.out(), 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        var _ = consumer.position(partition);
        hearing.start();
    }

    private void poll() {
        try (consumer) {
            while (true) {
                consumer.poll(PATIENCE)
                        .forEach(one -> listener.accept(ByteBuffer.wrap(one.value())));
            }
        } catch (WakeupException closed) {
            // Enough heard.
        }
    }

    @Override
    public void send(int number, byte[] payload) {
        var _ = producer.send(new ProducerRecord<>(way.in(), payload));
    }

    @Override
    public void close() {
        consumer.wakeup();
        producer.close(PATIENCE);
        try {
            hearing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
