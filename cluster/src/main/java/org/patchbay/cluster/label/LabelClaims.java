package org.patchbay.cluster.label;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.label.LabelMessage.Claim;

/**
 * The claims of one node's subscribers, and who wins where two want the same label.
 *
 * <p>What is granted wins over what is still asked for; else the lower ticket wins. Tickets are
 * Lamport's: who has answered somebody's claim draws a higher one afterwards, so a claim that was
 * agreed to can't be overtaken by a later one, and of two that cross each other both nodes see the
 * same winner.
 */
final class LabelClaims {

    /** A claim of this node. */
    static final class Own {
        private final long ticket;
        private final String group;
        private final Set<String> labels;
        private final ActorRef<?> owner;
        private final Set<Address> answered = new HashSet<>();
        private boolean granted;
        private boolean settled;

        private Own(long ticket, String group, Set<String> labels, ActorRef<?> owner) {
            this.ticket = ticket;
            this.group = group;
            this.labels = labels;
            this.owner = owner;
        }

        long ticket() {
            return ticket;
        }

        ActorRef<?> owner() {
            return owner;
        }

        boolean granted() {
            return granted;
        }

        Set<String> labels() {
            return labels;
        }

        Claim asClaim() {
            return new Claim(ticket, group, labels, granted);
        }

        boolean isAnsweredBy(Address node) {
            return settled || answered.contains(node);
        }

        void forget(Address node) {
            answered.remove(node);
        }

        void answeredBy(Address node) {
            answered.add(node);
        }

        void grant() {
            granted = true;
        }

        /** All nodes have agreed. Those that join later ask for what is theirs, and are told. */
        void settle() {
            settled = true;
            answered.clear();
        }
    }

    private final Address self;
    private final Map<Long, Own> own = new LinkedHashMap<>();
    private final Map<String, List<Own>> byLabel = new HashMap<>();
    private int size;
    private long clock;

    LabelClaims(Address self) {
        this.self = self;
    }

    /** How many labels are claimed, one that several owners share as often. */
    int size() {
        return size;
    }

    @Nullable Own get(long ticket) {
        return own.get(ticket);
    }

    /** A label that another group of this node has or asks for, null where there is none. */
    @Nullable String takenHere(String group, Set<String> labels) {
        for (String label : labels) {
            for (Own rival : byLabel.getOrDefault(label, List.of())) {
                if (!rival.group.equals(group)) {
                    return label;
                }
            }
        }
        return null;
    }

    Own add(String group, Set<String> labels, ActorRef<?> owner) {
        Own claim = new Own(++clock, group, labels, owner);
        own.put(claim.ticket, claim);
        size += labels.size();
        labels.forEach(label -> byLabel.computeIfAbsent(label, _ -> new ArrayList<>(1)).add(claim));
        return claim;
    }

    void remove(Own claim) {
        if (own.remove(claim.ticket) == null) {
            return;
        }
        size -= claim.labels.size();
        for (String label : claim.labels) {
            List<Own> left = byLabel.getOrDefault(label, new ArrayList<>());
            left.remove(claim);
            if (left.isEmpty()) {
                byLabel.remove(label);
            }
        }
    }

    /**
     * Judges a claim of another node.
     *
     * @param loser gets each claim of this node that gives way, and for which label
     * @return a label that stays here, null where the claim is agreed to
     */
    @Nullable String judge(Claim theirs, Address node, BiConsumer<Own, String> loser) {
        clock = Math.max(clock, theirs.ticket());
        Map<Own, String> giveWay = new LinkedHashMap<>();
        for (String label : theirs.labels()) {
            for (Own ours : byLabel.getOrDefault(label, List.of())) {
                if (ours.group.equals(theirs.group())) {
                    continue;
                }
                if (wins(ours, theirs, node)) {
                    return label;
                }
                if (theirs.granted()) {
                    giveWay.put(ours, label);
                }
                // Else theirs is only asked for: whoever decides on ours will be told by them.
            }
        }
        giveWay.forEach(loser);
        return null;
    }

    private boolean wins(Own ours, Claim theirs, Address node) {
        if (ours.granted != theirs.granted()) {
            return ours.granted;
        }
        return ours.ticket == theirs.ticket()
                ? self.toString().compareTo(node.toString()) < 0
                : ours.ticket < theirs.ticket();
    }
}
