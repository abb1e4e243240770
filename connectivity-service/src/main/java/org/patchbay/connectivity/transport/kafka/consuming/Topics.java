package org.patchbay.connectivity.transport.kafka.consuming;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;

/**
 * Whether the topics of a consumer are there: when it begins, and then all the time, for the
 * library goes on without a topic that was deleted and tells nobody. Used by the poll loop's
 * thread.
 */
final class Topics {

    private static final long RETRY_MS = 100;

    /** What the library knows costs nothing to look at. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> names;
    private final Duration timeout;
    private final CountDownLatch closing;
    private long lookedAt;

    /**
     * @param timeout for a topic to appear
     * @param closing ends waiting
     */
    Topics(
            Consumer<byte[], byte[]> consumer,
            List<String> names,
            Duration timeout,
            CountDownLatch closing) {
        this.consumer = consumer;
        this.names = names;
        this.timeout = timeout;
        this.closing = closing;
    }

    /**
     * As {@link #await}, not too often.
     *
     * @throws MissingTopic where one was deleted, and does not come back
     */
    void watch() {
        if (System.nanoTime() - lookedAt >= LOOK_EVERY_NANOS) {
            await();
        }
    }

    /**
     * Asking for a topic has a broker make it, where it is allowed to.
     *
     * @throws MissingTopic where one does not appear
     */
    void await() {
        long until = System.nanoTime() + timeout.toNanos();
        for (String topic : names) {
            while (!isClosing() && isMissing(topic)) {
                if (System.nanoTime() > until) {
                    throw new MissingTopic(topic);
                }
                rest();
            }
        }
        lookedAt = System.nanoTime();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean isMissing(String topic) {
        List<PartitionInfo> partitions = Assignment.awake(() -> consumer.partitionsFor(topic));
        return partitions == null || partitions.isEmpty();
    }

    private void rest() {
        try {
            var _ = closing.await(RETRY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }
}
