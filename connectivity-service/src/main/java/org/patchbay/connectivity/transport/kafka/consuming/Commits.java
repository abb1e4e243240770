package org.patchbay.connectivity.transport.kafka.consuming;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Offsets as they are committed here. They carry a mark: a group may have been another consumer's
 * before, and of that it is not known whether it left a partition out or never saw it.
 */
final class Commits {

    private static final String MARK = "patchbay";

    private Commits() {}

    static OffsetAndMetadata at(long offset, Optional<Integer> leaderEpoch) {
        return new OffsetAndMetadata(offset, leaderEpoch, MARK);
    }

    static OffsetAndMetadata at(long offset) {
        return at(offset, Optional.empty());
    }

    static boolean areMarked(@Nullable OffsetAndMetadata committed) {
        return committed != null && MARK.equals(committed.metadata());
    }
}
