package org.patchbay.benchmarks.path;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Publishes numbered messages and waits for what comes of them, so many under way at a time. What
 * comes twice counts once; what does not come ends the measurement.
 */
final class Load implements AutoCloseable {

    private static final int MESSAGES_MAX = 4_000_000;
    private static final Duration STUCK_AFTER = Duration.ofSeconds(20);
    private static final byte[] MARK = "\"value\":".getBytes(StandardCharsets.UTF_8);

    /** What happened between two moments; latencies in ascending order. */
    record Result(int messages, double seconds, long[] latenciesNanos) {

        double perSecond() {
            return messages / seconds;
        }

        double percentileMs(double share) {
            int at =
                    (int)
                            Math.min(
                                    latenciesNanos.length - 1L,
                                    (long) (latenciesNanos.length * share));
            return latenciesNanos.length == 0 ? 0 : latenciesNanos[at] / 1e6;
        }
    }

    private final IntFunction<String> topics;
    private final IntFunction<String> payloads;
    private final MqttQos qos;
    private final Duration pause;
    private final int inFlight;
    private final Mqtt3AsyncClient publisher;
    private final Mqtt3AsyncClient subscriber;
    private final Semaphore free;
    private final AtomicLongArray sent = new AtomicLongArray(MESSAGES_MAX);

    /** Nanoseconds each message took, 0 while it is under way. */
    private final AtomicIntegerArray took = new AtomicIntegerArray(MESSAGES_MAX);

    private final Thread publishing;
    private volatile int next;
    private volatile boolean stopped;

    /**
     * @param topics where to publish the message of a number
     * @param payloads what to publish; holds {@code "value":NUMBER}, and so does what comes of it
     */
    Load(
            int brokerPort,
            IntFunction<String> topics,
            IntFunction<String> payloads,
            String filterOut,
            Scenario how) {
        this.topics = topics;
        this.payloads = payloads;
        this.qos = Objects.requireNonNull(MqttQos.fromCode(how.qos()));
        this.pause = how.pause();
        this.inFlight = how.inFlight();
        this.free = new Semaphore(inFlight);
        this.publisher = client(brokerPort);
        this.subscriber = client(brokerPort);
        subscriber.publishes(MqttGlobalPublishFilter.ALL, this::received);
        var _ = publisher.connect().join();
        var _ = subscriber.connect().join();
        var _ = subscriber.subscribeWith().topicFilter(filterOut).qos(qos).send().join();
        this.publishing = Thread.ofPlatform().name("publishing").start(this::publishAll);
    }

    static Load of(Scenario scenario, int brokerPort) {
        return new Load(
                brokerPort,
                number -> scenario.topicIn(number % scenario.things()),
                scenario::payload,
                scenario.filterOut(),
                scenario);
    }

    /** What happens from now on for a while. */
    Result watch(Duration time) throws InterruptedException {
        int first = next;
        int before = done();
        long begin = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        double seconds = (System.nanoTime() - begin) / 1e9;
        int messages = done() - before;
        int last = next;
        if (messages == 0 && time.compareTo(STUCK_AFTER.dividedBy(4)) >= 0) {
            throw new IllegalStateException("No message came through in " + time);
        }
        long[] latencies = new long[Math.max(0, last - first)];
        int known = 0;
        for (int number = first; number < last; number++) {
            int nanos = took.get(number);
            if (nanos > 0) {
                latencies[known++] = nanos;
            }
        }
        latencies = Arrays.copyOf(latencies, known);
        Arrays.sort(latencies);
        return new Result(messages, seconds, latencies);
    }

    private int done() {
        return next - (inFlight - free.availablePermits());
    }

    private void publishAll() {
        long due = System.nanoTime();
        while (!stopped && next < MESSAGES_MAX) {
            try {
                if (!free.tryAcquire(STUCK_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            if (!pause.isZero()) {
                due += pause.toNanos();
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int number = next;
            sent.set(number, System.nanoTime());
            next = number + 1;
            var _ =
                    publisher.publish(
                            Mqtt3Publish.builder()
                                    .topic(topics.apply(number))
                                    .qos(qos)
                                    .payload(
                                            payloads.apply(number).getBytes(StandardCharsets.UTF_8))
                                    .build());
        }
    }

    private void received(Mqtt3Publish message) {
        int number = number(message.getPayload().orElse(ByteBuffer.allocate(0)));
        if (number < 0 || number >= next) {
            return;
        }
        long nanos = Math.clamp(System.nanoTime() - sent.get(number), 1, Integer.MAX_VALUE);
        if (took.compareAndSet(number, 0, (int) nanos)) {
            free.release();
        }
    }

    /** The number behind the last mark; -1 where there is none. */
    private static int number(ByteBuffer payload) {
        for (int at = payload.limit() - MARK.length - 1; at >= 0; at--) {
            if (isMark(payload, at)) {
                return digits(payload, at + MARK.length);
            }
        }
        return -1;
    }

    private static boolean isMark(ByteBuffer payload, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (payload.get(at + i) != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private static int digits(ByteBuffer payload, int from) {
        int number = -1;
        for (int at = from; at < payload.limit(); at++) {
            int digit = payload.get(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = Math.max(number, 0) * 10 + digit;
        }
        return number;
    }

    private static Mqtt3AsyncClient client(int port) {
        return MqttClient.builder()
                .useMqttVersion3()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
    }

    @Override
    public void close() {
        stopped = true;
        publishing.interrupt();
        publisher.disconnect().exceptionally(_ -> null).join();
        subscriber.disconnect().exceptionally(_ -> null).join();
    }
}
