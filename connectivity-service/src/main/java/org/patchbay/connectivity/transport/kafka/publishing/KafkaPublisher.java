package org.patchbay.connectivity.transport.kafka.publishing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.pekko.Done;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/** Publishes, and says what the brokers answered. */
public final class KafkaPublisher {

    private static final PublishResult TAKEN = new PublishResult(204, Headers.EMPTY, null);
    private static final Duration CLOSING_MAX = Duration.ofSeconds(2);
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("kafka-publisher").start(task);

    private final Producer<byte[], byte[]> producer;
    private final boolean describes;
    private final Consumer<Exception> refused;

    private final TopicLanes lanes = new TopicLanes(THREADS);

    /**
     * @param describes whether what the broker says of a message is part of the answer
     * @param refused told when no message will be taken any more, as when a broker does not let us
     *     in
     */
    public KafkaPublisher(
            Map<String, Object> properties, boolean describes, Consumer<Exception> refused) {
        this.producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.describes = describes;
        this.refused = refused;
    }

    /** Never fails: the status tells. */
    public CompletionStage<PublishResult> publish(Outbound message) {
        Destination to = Destination.of(message.address());
        if (to == null) {
            return CompletableFuture.completedFuture(
                    Results.of(
                            400,
                            "'"
                                    + message.address()
                                    + "' can't be published to: it must be TOPIC, TOPIC/KEY or"
                                    + " TOPIC#PARTITION."));
        }
        var result = new CompletableFuture<PublishResult>();
        lanes.add(to.topic(), () -> send(to, message, result));
        return result;
    }

    private void send(Destination to, Outbound message, CompletableFuture<PublishResult> result) {
        try {
            producer.send(
                    record(to, message),
                    (metadata, failure) ->
                            result.complete(
                                    failure == null ? taken(metadata) : notTaken(to, failure)));
        } catch (RuntimeException e) {
            // As when the producer is closed.
            result.complete(notTaken(to, e));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Destination to, Outbound message) {
        String key = to.key();
        return new ProducerRecord<>(
                to.topic(),
                to.partition(),
                null,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                bytes(message.payload()),
                headers(message.headers()));
    }

    private static RecordHeaders headers(Headers headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return all;
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }

    private PublishResult taken(RecordMetadata metadata) {
        if (!describes) {
            return TAKEN;
        }
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        if (metadata.hasTimestamp()) {
            value.put("timestamp", metadata.timestamp());
        }
        value.put("serializedKeySize", metadata.serializedKeySize());
        value.put("serializedValueSize", metadata.serializedValueSize());
        value.put("topic", metadata.topic());
        value.put("partition", metadata.partition());
        if (metadata.hasOffset()) {
            value.put("offset", metadata.offset());
        }
        return new PublishResult(200, Headers.EMPTY, value);
    }

    private PublishResult notTaken(Destination to, Exception failure) {
        if (Results.isOfProducer(failure)) {
            refused.accept(failure);
        }
        Integer partition = to.partition();
        if (failure instanceof TimeoutException && partition != null) {
            int partitions = partitions(to.topic());
            if (0 < partitions && partitions <= partition) {
                return Results.of(
                        404,
                        "The topic "
                                + to.topic()
                                + " has "
                                + partitions
                                + " partitions, counted from 0, and so none with the number "
                                + partition
                                + ".");
            }
        }
        return Results.of(failure);
    }

    /** 0 where nobody knows. */
    private int partitions(String topic) {
        try {
            return producer.partitionsFor(topic).size();
        } catch (RuntimeException unknown) {
            return 0;
        }
    }

    public Map<MetricName, ? extends Metric> metrics() {
        return producer.metrics();
    }

    /** What the brokers have not answered by then counts as not published. */
    public CompletionStage<Done> close() {
        return CompletableFuture.supplyAsync(
                () -> {
                    producer.close(CLOSING_MAX);
                    return Done.getInstance();
                },
                THREADS);
    }
}
