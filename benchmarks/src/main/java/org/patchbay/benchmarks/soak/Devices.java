package org.patchbay.benchmarks.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Devices that publish numbered messages at a steady rate with QoS 1, and those who listen at the
 * two targets. What comes twice counts once.
 */
final class Devices implements AutoCloseable {

    private static final int UNACKNOWLEDGED_MAX = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What has come at one target. */
    static final class Arrived {
        private final BitSet numbers = new BitSet();
        private int again;
        private volatile int bytes;

        private synchronized void add(int number, int size) {
            bytes = size;
            if (numbers.get(number)) {
                again++;
            }
            numbers.set(number);
        }

        synchronized int count() {
            return numbers.cardinality();
        }

        /** How many came more than once, as QoS 1 allows. */
        synchronized int again() {
            return again;
        }

        /** Of the message that came last. */
        int bytes() {
            return bytes;
        }
    }

    private final Mqtt3AsyncClient publisher;
    private final Mqtt3AsyncClient subscriber;
    private final Arrived slow = new Arrived();
    private final Arrived neighbour = new Arrived();
    private final AtomicInteger published = new AtomicInteger();

    Devices(int brokerPort) {
        publisher = client("devices", brokerPort);
        subscriber = client("listeners", brokerPort);
        subscriber.publishes(MqttGlobalPublishFilter.ALL, this::received);
        publisher.connect().join();
        subscriber.connect().join();
        subscriber
                .subscribeWith()
                .topicFilter(Scene.OUT + "/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .join();
    }

    Arrived slow() {
        return slow;
    }

    Arrived neighbour() {
        return neighbour;
    }

    int published() {
        return published.get();
    }

    /** Publishes for a while; returns when the broker has all of it. */
    void publish(int aSecond, Duration time) throws InterruptedException {
        Semaphore free = new Semaphore(UNACKNOWLEDGED_MAX);
        long pause = 1_000_000_000L / aSecond;
        long due = System.nanoTime();
        long end = due + time.toNanos();
        while (System.nanoTime() < end) {
            due += pause;
            LockSupport.parkNanos(due - System.nanoTime());
            free.acquire();
            publishOne().whenComplete((_, _) -> free.release());
        }
        free.acquire(UNACKNOWLEDGED_MAX);
    }

    java.util.concurrent.CompletableFuture<?> publishOne() {
        int number = published.getAndIncrement();
        return publisher.publish(
                Mqtt3Publish.builder()
                        .topic(Scene.IN)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(Scene.command(number).getBytes(StandardCharsets.UTF_8))
                        .build());
    }

    private void received(Mqtt3Publish message) {
        try {
            byte[] payload = message.getPayloadAsBytes();
            int number = JSON.readTree(payload).path("value").asInt();
            boolean atSlow = message.getTopic().toString().startsWith(Scene.OUT + "/slow/");
            (atSlow ? slow : neighbour).add(number, payload.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mqtt3AsyncClient client(String id, int port) {
        return MqttClient.builder()
                .useMqttVersion3()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
    }

    @Override
    public void close() {
        publisher.disconnect();
        subscriber.disconnect();
    }
}
