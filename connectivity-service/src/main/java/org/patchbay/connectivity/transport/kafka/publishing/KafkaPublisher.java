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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/** Publishes, and says what the brokers answered. */
public final class KafkaPublisher {

    private static final PublishResult TAKEN = new PublishResult(204, Headers.EMPTY, null);
    private static final Duration CLOSING_MAX = Duration.ofSeconds(2);

    /** By then the library has looked up a topic that it did not know; it asks every 100 ms. */
    private static final Duration LOOKED_UP_AGAIN = Duration.ofMillis(300);

    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("kafka-publisher").start(task);

    /**
     * How long a message waits for what the library needs to take it.
     *
     * @param topic for its topic to be found
     * @param memory for others to be answered that fill the memory, each of which is by then
     */
    public record Patience(Duration topic, Duration memory) {}

    private record Known(String address, @Nullable Destination destination) {}

    private final Producer<byte[], byte[]> producer;
    private final boolean describes;
    private final Patience patience;
    private final Consumer<Exception> refused;
    private final TopicLanes lanes;

    /** The address of the last message, which most often is that of the next one. */
    private volatile @Nullable Known known;

    /**
     * @param describes whether what the broker says of a message is part of the answer
     * @param refused told when no message will be taken any more, as when a broker does not let us
     *     in
     */
    public KafkaPublisher(
            Map<String, Object> properties,
            boolean describes,
            Patience patience,
            Consumer<Exception> refused) {
        this.producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.describes = describes;
        this.patience = patience;
        this.refused = refused;
        this.lanes = new TopicLanes(KafkaPublisher::later);
    }

    private static void later(Duration pause, Runnable work) {
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, THREADS)
                .execute(work);
    }

    /** Never fails: the status tells. */
    public CompletionStage<PublishResult> publish(Outbound message) {
        Destination to = destination(message.address());
        if (to == null) {
            return CompletableFuture.completedFuture(
                    Results.of(
                            400,
                            "'"
                                    + message.address()
                                    + "' can't be published to: it must be TOPIC, TOPIC/KEY or"
                                    + " TOPIC#PARTITION."));
        }
        Sending sending = new Sending(to, record(to, message));
        lanes.add(to.topic(), sending);
        return sending.result;
    }

    private @Nullable Destination destination(String address) {
        Known last = known;
        if (last == null || !last.address.equals(address)) {
            last = new Known(address, Destination.of(address));
            known = last;
        }
        return last.destination;
    }

    /**
     * A message that is being sent. The library is told never to wait: what it would wait for, it
     * refuses while it is offered, with a timeout.
     */
    private final class Sending implements TopicLanes.Parcel, Callback {

        private final Destination to;
        private final ProducerRecord<byte[], byte[]> record;
        private final CompletableFuture<PublishResult> result = new CompletableFuture<>();
        private final long since = System.nanoTime();
        private volatile @Nullable Thread offering;
        private @Nullable TimeoutException notYet;

        Sending(Destination to, ProducerRecord<byte[], byte[]> record) {
            this.to = to;
            this.record = record;
        }

        @Override
        public boolean offer() {
            notYet = null;
            offering = Thread.currentThread();
            try {
                producer.send(record, this);
            } catch (RuntimeException e) {
                // As when the producer is closed.
                result.complete(notTaken(to, e));
            }
            offering = null;
            return notYet == null;
        }

        @Override
        public void onCompletion(RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null) {
                result.complete(taken(metadata));
            } else if (failure instanceof TimeoutException late
                    && offering == Thread.currentThread()) {
                refusedForNow(late);
            } else {
                result.complete(notTaken(to, failure));
            }
        }

        private void refusedForNow(TimeoutException late) {
            // It may be what was so when the topic was looked up the last time.
            if (late.getCause() instanceof ApiException why
                    && !(why instanceof RetriableException)
                    && System.nanoTime() - since > LOOKED_UP_AGAIN.toNanos()) {
                result.complete(notTaken(to, why));
            } else {
                notYet = late;
            }
        }

        @Override
        public boolean isOverdue() {
            return System.nanoTime() - since > most().toNanos();
        }

        private Duration most() {
            return lacksMemory() ? patience.memory() : patience.topic();
        }

        private boolean lacksMemory() {
            return notYet instanceof BufferExhaustedException;
        }

        @Override
        public void giveUp() {
            String what =
                    lacksMemory()
                            ? "There is no memory for it"
                            : "Nothing is known of the topic " + to.topic();
            Throwable cause = notYet == null ? null : notYet.getCause();
            result.complete(
                    notTaken(
                            to,
                            new TimeoutException(
                                    what + " after " + most().toMillis() + " ms", cause)));
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
