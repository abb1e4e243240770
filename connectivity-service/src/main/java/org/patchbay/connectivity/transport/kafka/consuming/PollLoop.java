package org.patchbay.connectivity.transport.kafka.consuming;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.FirstSettlement;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.LinkEvents;
import org.patchbay.protocol.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of a source, on a thread of its own because the library wants to be called by one
 * thread and often. In turn: read again what is wanted again, hand on, commit, pause the partitions
 * that have no room, read.
 */
public final class PollLoop implements Runnable {

    /** Where messages go. */
    public interface Taker {
        /** Whether there was room; after the first time that there was none, no more come. */
        boolean offer(Handed handed);

        /** Partitions were assigned, be it none. */
        void granted();

        /**
         * The loop is over, and the consumer has left the group.
         *
         * @param why null where it was asked to
         */
        void ended(@Nullable Exception why);
    }

    /**
     * @param atMostOnce whether offsets are committed before messages are handed on
     */
    public record Work(List<String> topics, boolean atMostOnce, ConsumingConfig config) {}

    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration POLL_MAX = Duration.ofSeconds(1);
    private static final Duration CLOSING_MAX = Duration.ofSeconds(2);

    private final Work work;
    private final Supplier<Consumer<byte[], byte[]>> library;
    private final LinkEvents events;
    private final Taker taker;
    private final AtomicInteger unsettled = new AtomicInteger();

    /** Whether there is something to do since the loop looked. */
    private final AtomicBoolean news = new AtomicBoolean();

    /** Whether more would be handed on if there were room. */
    private final AtomicBoolean crowded = new AtomicBoolean();

    /** Whether the loop waits for messages, and so has to be woken. */
    private final AtomicBoolean waiting = new AtomicBoolean();

    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean full;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile @Nullable Assignment partitions;
    private int first;

    public PollLoop(
            Work work, Supplier<Consumer<byte[], byte[]>> library, LinkEvents events, Taker taker) {
        this.work = work;
        this.library = library;
        this.events = events;
        this.taker = taker;
    }

    @Override
    public void run() {
        Exception why = null;
        try {
            consume();
        } catch (RuntimeException e) {
            why = e;
        }
        taker.ended(isClosing() ? null : why);
    }

    private void consume() {
        Consumer<byte[], byte[]> made = library.get();
        consumer = made;
        Assignment assignment = new Assignment(made, work.config(), events, taker::granted);
        partitions = assignment;
        Topics topics = new Topics(made, work.topics(), work.config().topicTimeout(), closing);
        try {
            topics.await();
            made.subscribe(work.topics(), assignment);
            while (!isClosing()) {
                turn(made, assignment);
                topics.watch();
            }
        } finally {
            assignment.end();
            close(made);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private static void close(Consumer<byte[], byte[]> made) {
        try {
            made.close(CloseOptions.timeout(CLOSING_MAX));
        } catch (KafkaException e) {
            LOG.atDebug().setCause(e).log("A consumer did not leave its group in order.");
        }
    }

    private void turn(Consumer<byte[], byte[]> from, Assignment assignment) {
        long wait = Math.min(POLL_MAX.toNanos(), readAgain(from, assignment));
        handOn(new ArrayList<>(assignment.windows().values()));
        if (!work.atMostOnce()) {
            wait = Math.min(wait, assignment.commit());
            if (unsettled.get() > 0) {
                // What is settled meanwhile need not wait for messages to come.
                wait = Math.min(wait, work.config().commitInterval().toNanos());
            }
        }
        pause(from, assignment);
        poll(from, assignment, Duration.ofNanos(wait));
    }

    /** How many nanoseconds until the next message is to be read again. */
    private static long readAgain(Consumer<byte[], byte[]> from, Assignment assignment) {
        long now = System.nanoTime();
        long wait = Long.MAX_VALUE;
        for (Map.Entry<TopicPartition, PartitionWindow> one : assignment.windows().entrySet()) {
            Long offset = one.getValue().readAgain(now);
            if (offset != null) {
                from.seek(one.getKey(), offset);
            }
            Long next = one.getValue().nanosToReadAgain(now);
            wait = next == null ? wait : Math.min(wait, next);
        }
        return wait;
    }

    /** One message of each partition in turn, while there is room. */
    private void handOn(List<PartitionWindow> windows) {
        int idle = 0;
        while (idle < windows.size() && hasRoom()) {
            PartitionWindow window = windows.get(Math.floorMod(first++, windows.size()));
            ConsumerRecord<byte[], byte[]> record = window.next();
            if (record == null) {
                idle++;
            } else {
                idle = 0;
                handOn(window, record);
            }
        }
    }

    private boolean hasRoom() {
        return !full && unsettled.get() < work.config().unsettledMax();
    }

    private void handOn(PartitionWindow window, ConsumerRecord<byte[], byte[]> record) {
        PartitionWindow.Entry entry = window.enter();
        Headers headers = KafkaHeaders.of(record);
        String expired = KafkaHeaders.expired(headers, System.currentTimeMillis());
        if (expired != null) {
            window.settle(entry);
            events.dropped(record.topic(), expired);
            return;
        }
        byte[] value = record.value() == null ? new byte[0] : record.value();
        Inbound message =
                new Inbound(
                        headers,
                        ByteBuffer.wrap(value).asReadOnlyBuffer(),
                        record.topic(),
                        new FirstSettlement(new OfEntry(window, entry)));
        unsettled.incrementAndGet();
        if (!taker.offer(new Handed(message, () -> begins(window, entry)))) {
            full = true;
        }
    }

    private boolean begins(PartitionWindow window, PartitionWindow.Entry entry) {
        boolean begins = window.begin(entry);
        if (!begins) {
            done(false);
        } else if (work.atMostOnce()) {
            window.settle(entry);
        }
        return begins;
    }

    private void pause(Consumer<byte[], byte[]> from, Assignment assignment) {
        Set<TopicPartition> paused = from.paused();
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        boolean room = hasRoom();
        crowded.set(!room);
        assignment
                .windows()
                .forEach((partition, window) -> {
                    boolean wanted = room && window.hasRoom();
                    if (wanted && paused.contains(partition)) {
                        resume.add(partition);
                    } else if (!wanted && !paused.contains(partition)) {
                        pause.add(partition);
                    }
                });
        from.pause(pause);
        from.resume(resume);
    }

    private void poll(Consumer<byte[], byte[]> from, Assignment assignment, Duration wait) {
        waiting.set(true);
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = from.poll(news.getAndSet(false) ? Duration.ZERO : wait);
        } catch (WakeupException e) {
            return;
        } finally {
            waiting.set(false);
        }
        if (!records.isEmpty() && (!work.atMostOnce() || isCommitted(from, assignment, records))) {
            for (TopicPartition partition : records.partitions()) {
                PartitionWindow window = assignment.windows().get(partition);
                if (window != null) {
                    window.add(records.records(partition));
                }
            }
        }
    }

    /** Where it can't be committed the messages are read anew. */
    private static boolean isCommitted(
            Consumer<byte[], byte[]> from,
            Assignment assignment,
            ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            ConsumerRecord<byte[], byte[]> last = records.records(partition).getLast();
            ends.put(partition, Commits.at(last.offset() + 1, last.leaderEpoch()));
        }
        boolean committed = assignment.commitNow(ends);
        if (!committed) {
            for (TopicPartition partition : records.partitions()) {
                from.seek(partition, records.records(partition).getFirst().offset());
            }
        }
        return committed;
    }

    /** Hands on nothing more, but stays in the group, so that what is under way can be settled. */
    void rest(boolean whileUnderWay) {
        full = whileUnderWay;
    }

    /** Ends it; what is settled until now is committed. */
    void close() {
        closing.countDown();
        Consumer<byte[], byte[]> running = consumer;
        if (running != null) {
            running.wakeup();
        }
    }

    /**
     * One message less is under way. The loop is told where it has something to do by now: not for
     * each message of many, for it would do nothing else then.
     */
    private void done(boolean urgent) {
        int left = unsettled.decrementAndGet();
        Assignment leaving = partitions;
        if (leaving != null) {
            leaving.settled();
        }
        boolean roomAgain =
                left <= work.config().unsettledMax() / 2 && crowded.compareAndSet(true, false);
        if (urgent || left == 0 || roomAgain) {
            news.set(true);
            Consumer<byte[], byte[]> running = consumer;
            if (waiting.compareAndSet(true, false) && running != null) {
                running.wakeup();
            }
        }
    }

    /** Empty before it runs. */
    Map<MetricName, ? extends Metric> metrics() {
        Consumer<byte[], byte[]> running = consumer;
        return running == null ? Map.of() : running.metrics();
    }

    private final class OfEntry implements Inbound.Settlement {
        private final PartitionWindow window;
        private final PartitionWindow.Entry entry;

        OfEntry(PartitionWindow window, PartitionWindow.Entry entry) {
            this.window = window;
            this.entry = entry;
        }

        @Override
        public void accept() {
            settle();
        }

        /** Kafka knows no such thing: whoever keeps it elsewhere has done so. */
        @Override
        public void reject() {
            settle();
        }

        @Override
        public void redeliver() {
            if (work.atMostOnce()) {
                settle();
            } else {
                window.wantAgain(
                        entry, System.nanoTime() + work.config().redeliveryPause().toNanos());
                done(true);
            }
        }

        @Override
        public boolean canRedeliver() {
            return !work.atMostOnce();
        }

        private void settle() {
            done(window.settle(entry));
        }
    }
}
