package org.patchbay.connectivity.transport.kafka.consuming;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What of a partition has come, and what of that is settled, from when the partition is assigned
 * until it is taken away.
 *
 * <pre>
 *   committed      settled, some        unsettled, some       come, not
 *   ... ------|--- without a gap ---|--- behind it settled ---|--- handed on ---
 *                                   ^ may be committed
 * </pre>
 *
 * A message that is wanted again is read again, and those around it that are settled or under way
 * are passed over. Threads: the poll loop's, and whoever settles.
 */
final class PartitionWindow {

    private enum State {
        /** Handed to the stream. */
        WAITING,
        /** Taken out of the stream. */
        UNDER_WAY,
        WANTED_AGAIN,
        SETTLED
    }

    /** A message that has been handed on, and is not part of what is settled without a gap. */
    static final class Entry {
        private final long offset;
        private final Optional<Integer> leaderEpoch;
        private State state = State.WAITING;
        private long againFromNanos;

        /** Whether it should be among what is being read again. */
        private boolean awaited;

        private Entry(ConsumerRecord<byte[], byte[]> record) {
            offset = record.offset();
            leaderEpoch = record.leaderEpoch();
        }
    }

    private final int entriesMax;
    private final LongConsumer gone;
    private final Deque<ConsumerRecord<byte[], byte[]>> come = new ArrayDeque<>();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private @Nullable OffsetAndMetadata settled;
    private @Nullable OffsetAndMetadata committed;
    private long lastOffset = -1;
    private boolean readsAgain;
    private boolean crowded;
    private boolean open = true;

    /**
     * @param entriesMax how far the last message may be ahead of what is settled without a gap
     * @param gone told of the offset of each message that was wanted again and is there no more
     */
    PartitionWindow(int entriesMax, LongConsumer gone) {
        this.entriesMax = entriesMax;
        this.gone = gone;
    }

    /** What was read, to be handed on. */
    synchronized void add(List<ConsumerRecord<byte[], byte[]>> records) {
        if (!readsAgain && records.getFirst().offset() <= lastOffset) {
            beginAnew();
        }
        come.addAll(records);
    }

    /**
     * The partition was deleted and made anew, or lost its end with its leader: what comes now has
     * offsets that others had.
     */
    private void beginAnew() {
        come.clear();
        entries.clear();
        lastOffset = -1;
        settled = null;
        committed = null;
    }

    /** Whether more should be read. */
    synchronized boolean hasRoom() {
        return come.isEmpty() && (readsAgain || entries.size() < entriesMax);
    }

    /** The next message that can be handed on, null where there is none; it stays the next. */
    synchronized @Nullable ConsumerRecord<byte[], byte[]> next() {
        ConsumerRecord<byte[], byte[]> first;
        while ((first = come.peekFirst()) != null) {
            giveUpBefore(first.offset());
            if (first.offset() > lastOffset) {
                readsAgain = false;
                return entries.size() < entriesMax ? first : null;
            }
            Entry known = entry(first.offset());
            if (known != null && known.state == State.WANTED_AGAIN) {
                return first;
            }
            readsAgain &= first.offset() < lastOffset;
            come.removeFirst();
        }
        return null;
    }

    /** Kafka may have deleted what is wanted again. */
    private void giveUpBefore(long offset) {
        if (!readsAgain) {
            return;
        }
        for (Entry entry : List.copyOf(entries)) {
            if (entry.offset < offset && entry.awaited && entry.state == State.WANTED_AGAIN) {
                gone.accept(entry.offset);
                settle(entry);
            }
        }
    }

    private @Nullable Entry entry(long offset) {
        for (Entry entry : entries) {
            if (entry.offset == offset) {
                return entry;
            }
        }
        return null;
    }

    /** Takes the next message out. */
    synchronized Entry enter() {
        ConsumerRecord<byte[], byte[]> first = come.removeFirst();
        Entry known = first.offset() > lastOffset ? null : entry(first.offset());
        if (known != null) {
            known.state = State.WAITING;
            readsAgain &= first.offset() < lastOffset;
            return known;
        }
        Entry made = new Entry(first);
        entries.addLast(made);
        lastOffset = first.offset();
        return made;
    }

    /** Takes the next message out, of which it need not be known when it is settled. */
    synchronized void pass() {
        lastOffset = come.removeFirst().offset();
    }

    /** Whether a message that waited may still be handled here. */
    synchronized boolean begin(Entry entry) {
        if (open) {
            entry.state = State.UNDER_WAY;
        }
        return open;
    }

    /**
     * @return true once where it had no place for more entries, and has for many by now
     */
    synchronized boolean settle(Entry entry) {
        crowded |= entries.size() >= entriesMax;
        entry.state = State.SETTLED;
        while (!entries.isEmpty() && entries.peekFirst().state == State.SETTLED) {
            Entry first = entries.removeFirst();
            settled = Commits.at(first.offset + 1, first.leaderEpoch);
        }
        boolean roomAgain = crowded && entries.size() <= entriesMax / 2;
        crowded &= !roomAgain;
        return roomAgain;
    }

    /**
     * @param fromNanos when it should be read again, as {@code System.nanoTime} counts
     */
    synchronized void wantAgain(Entry entry, long fromNanos) {
        entry.state = State.WANTED_AGAIN;
        entry.againFromNanos = fromNanos;
        entry.awaited = false;
    }

    /** How long until a message should be read again; null where none should. */
    synchronized @Nullable Long nanosToReadAgain(long now) {
        Long soonest = null;
        for (Entry entry : entries) {
            if (entry.state == State.WANTED_AGAIN) {
                long left = Math.max(0, entry.againFromNanos - now);
                soonest = soonest == null ? left : Math.min(soonest, left);
            }
        }
        return readsAgain ? null : soonest;
    }

    /** From which offset to read on, because of messages that are wanted again. */
    synchronized @Nullable Long readAgain(long now) {
        Long left = nanosToReadAgain(now);
        if (left == null || left > 0) {
            return null;
        }
        come.clear();
        readsAgain = true;
        Long from = null;
        for (Entry entry : entries) {
            if (entry.state == State.WANTED_AGAIN) {
                entry.awaited = true;
                from = from == null ? (Long) entry.offset : from;
            }
        }
        return from;
    }

    /** That this offset is where reading begins, for the group has not committed any. */
    synchronized void beginAt(long offset) {
        settled = Commits.at(offset);
    }

    /** What is settled without a gap and not committed; null where there is nothing new. */
    synchronized @Nullable OffsetAndMetadata uncommitted() {
        return settled == null || settled.equals(committed) ? null : settled;
    }

    synchronized void committed(OffsetAndMetadata offset) {
        committed = offset;
    }

    /** Nothing more of it is to be handled here. */
    synchronized void close() {
        open = false;
        come.clear();
    }

    /** Whether of what was taken something is not settled. */
    synchronized boolean isBusy() {
        return entries.stream().anyMatch(entry -> entry.state == State.UNDER_WAY);
    }
}
