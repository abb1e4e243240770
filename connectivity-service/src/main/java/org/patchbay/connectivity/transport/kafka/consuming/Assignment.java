package org.patchbay.connectivity.transport.kafka.consuming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.LinkEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that a consumer has at present, and what it tells the group of them. All of it
 * happens on the poll loop's thread but {@link #settled}.
 *
 * <p>A partition of which the group has committed nothing begins with what comes from now on, and
 * that is committed at once, so that nothing is missed should the link break before a message has
 * come; a partition that was added to a topic later begins with its first message, and so does a
 * topic that was deleted and made anew. Whether it was added later is known of topics that were
 * begun here, by the mark of {@link Commits}.
 */
final class Assignment implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);
    private static final Duration COMMITTING_MAX = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final ConsumingConfig config;
    private final LinkEvents events;
    private final Runnable granted;
    private final Map<TopicPartition, PartitionWindow> windows = new LinkedHashMap<>();

    /** Topics of which whatever partition there was has been begun, by this member or another. */
    private final Set<String> begunTopics = new HashSet<>();

    private final Object settling = new Object();
    private volatile boolean awaitsSettling;
    private final Pace pace;
    private boolean committing;
    private boolean ending;
    private @Nullable Exception refusal;

    /**
     * @param granted told each time that partitions are assigned, be it none
     */
    Assignment(
            Consumer<byte[], byte[]> consumer,
            ConsumingConfig config,
            LinkEvents events,
            Runnable granted) {
        this.consumer = consumer;
        this.config = config;
        this.events = events;
        this.granted = granted;
        this.pace = new Pace(config.commitInterval(), System.nanoTime());
    }

    Map<TopicPartition, PartitionWindow> windows() {
        return windows;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> windows.put(partition, window(partition)));
        if (!partitions.isEmpty()) {
            begin(partitions);
        }
        granted.run();
    }

    private PartitionWindow window(TopicPartition partition) {
        return new PartitionWindow(
                config.unsettledMax(),
                offset ->
                        events.dropped(
                                partition.topic(),
                                "Wanted again, but Kafka has deleted it meanwhile: partition "
                                        + partition.partition()
                                        + ", offset "
                                        + offset
                                        + "."));
    }

    private void begin(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> known = committed(Set.copyOf(partitions));
        for (String topic :
                partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet())) {
            List<TopicPartition> mine =
                    partitions.stream().filter(one -> one.topic().equals(topic)).toList();
            boolean isBegun =
                    begunTopics.contains(topic)
                            || mine.stream().anyMatch(one -> Commits.areMarked(known.get(one)));
            if (!isBegun || mine.stream().anyMatch(one -> known.get(one) == null)) {
                beginTopic(topic);
            }
            begunTopics.add(topic);
        }
    }

    /**
     * All its partitions in one commit, also those that other members have: whoever asks sees that
     * the topic was begun, or that it was not.
     */
    private void beginTopic(String topic) {
        Set<TopicPartition> all = partitionsOf(topic);
        Map<TopicPartition, OffsetAndMetadata> known = committed(all);
        boolean isBegun =
                begunTopics.contains(topic) || known.values().stream().anyMatch(Commits::areMarked);
        if (!isBegun && known.values().stream().anyMatch(Objects::nonNull)) {
            takenOver(topic, known);
        }
        Map<TopicPartition, Long> from =
                awake(() -> isBegun ? consumer.beginningOffsets(all) : consumer.endOffsets(all));
        Map<TopicPartition, OffsetAndMetadata> begun = new HashMap<>();
        from.forEach((partition, offset) -> {
            OffsetAndMetadata before = known.get(partition);
            PartitionWindow window = windows.get(partition);
            if (before == null && window != null) {
                consumer.seek(partition, offset);
                window.beginAt(offset);
            }
            if (before == null && (window != null || !isBegun)) {
                begun.put(partition, Commits.at(offset));
            } else if (before != null && window != null) {
                begun.put(partition, Commits.at(before.offset(), before.leaderEpoch()));
            }
        });
        commitNow(begun);
    }

    private void takenOver(String topic, Map<TopicPartition, OffsetAndMetadata> known) {
        LOG.atInfo()
                .addKeyValue("group", consumer.groupMetadata().groupId())
                .addKeyValue("topic", topic)
                .addKeyValue(
                        "partitions",
                        known.entrySet().stream()
                                .filter(one -> one.getValue() == null)
                                .map(one -> one.getKey().partition())
                                .sorted()
                                .toList())
                .log(
                        "Another consumer has committed offsets for this group before. Partitions"
                                + " of which it has committed none begin with what comes from now"
                                + " on.");
    }

    private Set<TopicPartition> partitionsOf(String topic) {
        return Set.copyOf(
                awake(() -> consumer.partitionsFor(topic)).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList());
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return awake(() -> consumer.committed(partitions));
    }

    /** Nothing of them is begun any more, what is under way gets its time, and is committed. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        List<PartitionWindow> leaving = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionWindow window = windows.get(partition);
            if (window != null) {
                window.close();
                leaving.add(window);
            }
        }
        if (!ending) {
            awaitSettled(leaving);
            awaitsSettling = false;
        }
        for (TopicPartition partition : partitions) {
            PartitionWindow window = windows.get(partition);
            OffsetAndMetadata offset = window == null ? null : window.uncommitted();
            if (offset != null) {
                offsets.put(partition, offset);
            }
        }
        commitNow(offsets);
        partitions.forEach(windows::remove);
    }

    /** Somebody else has them already, so that there is nothing to commit. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionWindow window = windows.remove(partition);
            if (window != null) {
                window.close();
            }
        }
    }

    private void awaitSettled(List<PartitionWindow> leaving) {
        long until = System.nanoTime() + config.revokeWait().toNanos();
        synchronized (settling) {
            awaitsSettling = true;
            while (leaving.stream().anyMatch(PartitionWindow::isBusy)) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (leftMs <= 0) {
                    return;
                }
                try {
                    settling.wait(leftMs);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** Something was settled; from any thread. */
    void settled() {
        if (awaitsSettling) {
            synchronized (settling) {
                settling.notifyAll();
            }
        }
    }

    /** The consumer is about to leave the group, and waits for nothing. */
    void end() {
        ending = true;
    }

    /**
     * Commits what is settled without a gap, one commit at a time and not too often.
     *
     * @return how many nanoseconds until what is not committed may be
     * @throws KafkaException where an earlier one was refused
     */
    long commit() {
        if (refusal != null) {
            throw new KafkaException(refusal);
        }
        if (committing) {
            return Long.MAX_VALUE;
        }
        long now = System.nanoTime();
        long left = pace.left(now);
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        windows.forEach((partition, window) -> {
            OffsetAndMetadata offset = window.uncommitted();
            if (offset != null) {
                due.put(partition, offset);
            }
        });
        if (due.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (left == 0) {
            committing = true;
            pace.done(now);
            consumer.commitAsync(due, this::answered);
            return Long.MAX_VALUE;
        }
        return left;
    }

    private void answered(
            Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        committing = false;
        if (failure == null) {
            tellWindows(offsets);
            wakeForMore();
        } else if (!isPassing(failure)) {
            refusal = failure;
        }
    }

    /** What was settled meanwhile need not wait until messages come. */
    private void wakeForMore() {
        if (windows.values().stream().anyMatch(window -> window.uncommitted() != null)) {
            consumer.wakeup();
        }
    }

    private void tellWindows(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            PartitionWindow window = windows.get(partition);
            if (window != null) {
                window.committed(offset);
            }
        });
    }

    /** The partitions have gone to somebody else, or it can be tried again. */
    private static boolean isPassing(Exception failure) {
        return failure instanceof RetriableException
                || failure instanceof CommitFailedException
                || failure instanceof RebalanceInProgressException;
    }

    /** Whether they are committed; where not, because of what passes, they come again. */
    boolean commitNow(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return true;
        }
        try {
            awake(() -> {
                consumer.commitSync(offsets, COMMITTING_MAX);
                return offsets;
            });
            tellWindows(offsets);
            return true;
        } catch (KafkaException e) {
            if (!isPassing(e)) {
                throw e;
            }
            LOG.atDebug()
                    .addKeyValue("partitions", offsets.keySet())
                    .setCause(e)
                    .log("Offsets are not committed.");
            return false;
        }
    }

    /** A message that was settled meanwhile wakes the library from waiting for messages only. */
    static <T> T awake(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (WakeupException e) {
                LOG.trace("Woken.");
            }
        }
    }
}
