package org.patchbay.connectivity.path.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.WeakAcks;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;

/**
 * The targets of a connection while one publication is on its way to them: an acknowledgement is
 * stood in for only when none of those that could bring it about makes anything of the publication.
 */
final class Takers {

    private final @Nullable Publication publication;
    private final OwnAcks ownAcks;

    /** The targets that make something of it, or may yet. */
    private final List<TargetAcks> takers;

    private Takers(@Nullable Publication publication, OwnAcks ownAcks, List<TargetAcks> takers) {
        this.publication = publication;
        this.ownAcks = ownAcks;
        this.takers = takers;
    }

    /** All targets are asked, and each says where it makes {@linkplain #nothing nothing} of it. */
    static Takers of(Publication publication, OwnAcks ownAcks, List<TargetPath> targets) {
        if (publication.acknowledgements() == null) {
            return nobodyWaits(ownAcks);
        }
        List<TargetAcks> takers = new ArrayList<>(targets.size());
        targets.forEach(target -> takers.add(target.acks()));
        return new Takers(publication, ownAcks, takers);
    }

    /** For what nobody wants to have acknowledged. */
    static Takers nobodyWaits(OwnAcks ownAcks) {
        return new Takers(null, ownAcks, List.of());
    }

    /** The target does not want it, or its mapper makes nothing of it. */
    void nothing(TargetAcks target) {
        if (publication == null) {
            return;
        }
        boolean noMore;
        boolean lastOfItsLabel;
        synchronized (this) {
            takers.remove(target);
            noMore = takers.isEmpty();
            lastOfItsLabel =
                    takers.stream().noneMatch(one -> Objects.equals(one.label(), target.label()));
        }
        String label = target.label();
        if (lastOfItsLabel && label != null && !label.equals(OwnAcks.LIVE_RESPONSE)) {
            // Somebody else may still give a live response.
            WeakAcks.issue(publication, one -> one.equals(label) && ownAcks.mayIssue(one));
        }
        if (noMore) {
            WeakAcks.issue(publication, ownAcks::mayComeIn);
        }
    }
}
