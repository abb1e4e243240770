package org.patchbay.connectivity.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A plain client of Kafka, for what tests send, hear and set up. */
public final class KafkaProbe implements AutoCloseable {

    private static final int SCRAM_ITERATIONS = 4096;
    private static final ResourcePattern ALL_TOPICS =
            new ResourcePattern(
                    ResourceType.TOPIC, ResourcePattern.WILDCARD_RESOURCE, PatternType.LITERAL);
    private static final ResourcePattern CLUSTER =
            new ResourcePattern(ResourceType.CLUSTER, Resource.CLUSTER_NAME, PatternType.LITERAL);

    private final Map<String, Object> properties;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<ConsumerRecord<byte[], byte[]>> heard = new CopyOnWriteArrayList<>();
    private @Nullable KafkaConsumer<byte[], byte[]> listener;
    private @Nullable Thread listening;

    private KafkaProbe(int port) {
        properties =
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + port,
                        "metric.reporters",
                        List.of(),
                        "linger.ms",
                        0);
        admin = Admin.create(properties);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public static KafkaProbe at(EmbeddedKafka broker) {
        return new KafkaProbe(broker.port());
    }

    public KafkaProbe createTopic(String topic, int partitions) {
        done(
                admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture());
        return this;
    }

    public void delete(String topic) {
        done(admin.deleteTopics(List.of(topic)).all().toCompletionStage().toCompletableFuture());
    }

    /** Adds partitions. */
    public void extend(String topic, int partitions) {
        done(
                admin.createPartitions(
                                Map.of(
                                        topic,
                                        org.apache.kafka.clients.admin.NewPartitions.increaseTo(
                                                partitions)))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture());
    }

    /** Nobody may do anything with them. */
    public void forbid(String topic, String group) {
        List<AclBinding> rules = new ArrayList<>();
        rules.add(rule(ResourceType.TOPIC, topic));
        rules.add(rule(ResourceType.GROUP, group));
        done(admin.createAcls(rules).all().toCompletionStage().toCompletableFuture());
    }

    /** Nobody may write to any topic, but all may do everything else. */
    public void forbidWriting() {
        List<AclBinding> rules = new ArrayList<>();
        for (ResourcePattern all : List.of(ALL_TOPICS, CLUSTER)) {
            rules.add(rule(all, AclOperation.ALL, AclPermissionType.ALLOW));
        }
        rules.add(rule(ALL_TOPICS, AclOperation.WRITE, AclPermissionType.DENY));
        rules.add(rule(CLUSTER, AclOperation.IDEMPOTENT_WRITE, AclPermissionType.DENY));
        done(admin.createAcls(rules).all().toCompletionStage().toCompletableFuture());
    }

    /** Takes {@link #forbidWriting} back. */
    public void allowWriting() {
        List<AclBindingFilter> rules =
                Stream.of(ALL_TOPICS, CLUSTER)
                        .map(all ->
                                new AclBindingFilter(all.toFilter(), AccessControlEntryFilter.ANY))
                        .toList();
        done(admin.deleteAcls(rules).all().toCompletionStage().toCompletableFuture());
    }

    /** Of a user who logs in by SCRAM-SHA-256. */
    public void changePassword(String user, String password) {
        var hashed = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, SCRAM_ITERATIONS);
        done(
                admin.alterUserScramCredentials(
                                List.of(new UserScramCredentialUpsertion(user, hashed, password)))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture());
    }

    /**
     * How much each client may publish in a second; the broker keeps those who do more waiting.
     *
     * @param bytesPerSecond null for no limit
     */
    public void limitPublishing(@Nullable Double bytesPerSecond) {
        Map<String, String> eachClient = new HashMap<>();
        eachClient.put(ClientQuotaEntity.CLIENT_ID, null);
        var limit = new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
        var change = new ClientQuotaAlteration(new ClientQuotaEntity(eachClient), List.of(limit));
        done(
                admin.alterClientQuotas(List.of(change))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture());
    }

    private static AclBinding rule(ResourceType type, String name) {
        return rule(
                new ResourcePattern(type, name, PatternType.LITERAL),
                AclOperation.ALL,
                AclPermissionType.DENY);
    }

    private static AclBinding rule(
            ResourcePattern of, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(of, new AccessControlEntry("User:*", "*", operation, permission));
    }

    /** Returns when the broker has it. */
    public void send(ProducerRecord<byte[], byte[]> message) {
        done(producer.send(message));
    }

    /** Returns when the broker has it. */
    public void send(String topic, String key, Map<String, String> headers, String payload) {
        var message = new ProducerRecord<>(topic, bytes(key), bytes(payload));
        headers.forEach((name, value) -> message.headers().add(name, bytes(value)));
        send(message);
    }

    /** Returns when the broker has all of them, in this order. */
    public void send(String topic, List<String> payloads) {
        List<Future<?>> sent = new ArrayList<>();
        payloads.forEach(one -> sent.add(producer.send(new ProducerRecord<>(topic, bytes(one)))));
        sent.forEach(KafkaProbe::done);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hears what comes to the topic, which is made where it is missing, from now on. */
    public KafkaProbe listen(String topic) {
        try {
            createTopic(topic, 1);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        listener = consumer;
        listening = Thread.ofVirtual().start(() -> hear(consumer));
        return this;
    }

    private void hear(KafkaConsumer<byte[], byte[]> consumer) {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(heard::add);
            }
        } catch (WakeupException closed) {
            // Enough heard.
        }
    }

    public List<ConsumerRecord<byte[], byte[]>> heard() {
        return heard;
    }

    /** The same, without all but the values. */
    public List<String> payloads() {
        return heard.stream().map(one -> new String(one.value(), StandardCharsets.UTF_8)).toList();
    }

    /** As another consumer of the group commits. */
    public void commit(String group, String topic, int partition, long offset) {
        done(
                admin.alterConsumerGroupOffsets(
                                group,
                                Map.of(
                                        new TopicPartition(topic, partition),
                                        new OffsetAndMetadata(offset)))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture());
    }

    /** What the group has committed of each partition. */
    public Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        return done(
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .toCompletionStage()
                        .toCompletableFuture());
    }

    /** The offset that the group has committed, 0 where none. */
    public long committed(String group, String topic, int partition) {
        return Optional.ofNullable(committed(group).get(new TopicPartition(topic, partition)))
                .map(OffsetAndMetadata::offset)
                .orElse(0L);
    }

    public static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    private static <T> T done(Future<T> future) {
        try {
            return future instanceof CompletableFuture<T> stage ? stage.join() : future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
        KafkaConsumer<byte[], byte[]> hearing = listener;
        Thread thread = listening;
        if (hearing != null && thread != null) {
            hearing.wakeup();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
