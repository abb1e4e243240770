package org.patchbay.cluster.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.cluster.label.LabelClaims.Own;
import org.patchbay.cluster.label.LabelMessage.Claim;

class LabelClaimsTest {

    private static final Address HERE = new Address("pekko", "patchbay", "127.0.0.1", 1);
    private static final Address THERE = new Address("pekko", "patchbay", "127.0.0.1", 2);
    private static final ActorRef<Void> OWNER = TestInbox.<Void>create().getRef();
    private static final BiConsumer<Own, String> NOBODY_LOSES =
            (loser, label) -> {
                throw new AssertionError(label + " was taken from " + loser.asClaim());
            };

    private final LabelClaims claims = new LabelClaims(HERE);

    @Test
    void a_label_of_another_group_is_taken_and_one_of_the_own_group_is_not() {
        claims.add("connection:a", Set.of("a:x", "a:y"), OWNER);

        assertThat(claims.takenHere("session:1", Set.of("free", "a:y"))).isEqualTo("a:y");
        assertThat(claims.takenHere("connection:a", Set.of("a:x"))).isNull();
        assertThat(claims.takenHere("session:1", Set.of("free"))).isNull();
    }

    @Test
    void a_label_is_free_when_the_last_of_its_group_has_left() {
        Own first = claims.add("connection:a", Set.of("a:x"), OWNER);
        Own second = claims.add("connection:a", Set.of("a:x"), OWNER);

        claims.remove(first);
        assertThat(claims.takenHere("session:1", Set.of("a:x"))).isEqualTo("a:x");
        claims.remove(second);

        assertThat(claims.takenHere("session:1", Set.of("a:x"))).isNull();
        assertThat(claims.size()).isZero();
    }

    @Test
    void what_is_granted_wins_over_an_earlier_claim_that_is_still_asked_for() {
        claims.judge(new Claim(10, "session:9", Set.of("other"), false), THERE, NOBODY_LOSES);
        Own ours = claims.add("session:1", Set.of("x"), OWNER);
        ours.grant();

        String taken =
                claims.judge(new Claim(3, "session:2", Set.of("x"), false), THERE, NOBODY_LOSES);

        assertThat(ours.ticket()).isGreaterThan(10);
        assertThat(taken).isEqualTo("x");
    }

    @Test
    void of_two_that_were_granted_while_nodes_did_not_reach_each_other_the_later_one_is_lost() {
        Own ours = claims.add("session:1", Set.of("x"), OWNER);
        ours.grant();
        List<Own> lost = new ArrayList<>();

        String taken =
                claims.judge(
                        new Claim(0, "session:2", Set.of("x"), true),
                        THERE,
                        (loser, _) -> lost.add(loser));

        assertThat(taken).isNull();
        assertThat(lost).containsExactly(ours);
    }

    /**
     * Four nodes whose messages overtake each other at random: whatever happens, a label is never
     * granted to two groups, and what nobody else wants is granted.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void two_groups_never_have_the_same_label_however_their_claims_cross(long seed) {
        for (int round = 0; round < 500; round++) {
            Crossing crossing = new Crossing(new Random(seed * 1_000 + round));
            crossing.run();

            crossing.grantedGroups()
                    .forEach((label, groups) -> assertThat(groups).as(label).hasSize(1));
            assertThat(crossing.grantedGroups()).containsKeys("only-0", "only-1", "only-2");
        }
    }

    /** Nodes that ask each other, one message after the other in an order drawn by lot. */
    private static final class Crossing {
        private static final int NODES = 4;

        private record Node(Address address, LabelClaims claims, Set<Own> refused) {}

        private final Random random;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Runnable> underWay = new ArrayList<>();
        private final List<Own> all = new ArrayList<>();

        Crossing(Random random) {
            this.random = random;
            for (int i = 0; i < NODES; i++) {
                Address address = new Address("pekko", "patchbay", "127.0.0.1", 10 + i);
                nodes.add(new Node(address, new LabelClaims(address), new HashSet<>()));
            }
        }

        void run() {
            for (int i = 0; i < 6; i++) {
                String group = "session:" + i;
                Set<String> labels = Set.of("x" + random.nextInt(2), "y" + random.nextInt(2));
                underWay.add(() -> declare(anyNode(), group, labels));
            }
            for (int i = 0; i < 3; i++) {
                String label = "only-" + i;
                underWay.add(() -> declare(anyNode(), "session:" + label, Set.of(label)));
            }
            while (!underWay.isEmpty()) {
                underWay.remove(random.nextInt(underWay.size())).run();
            }
        }

        private Node anyNode() {
            return nodes.get(random.nextInt(NODES));
        }

        private void declare(Node node, String group, Set<String> labels) {
            if (node.claims().takenHere(group, labels) != null) {
                return;
            }
            Own claim = node.claims().add(group, labels, OWNER);
            all.add(claim);
            for (Node other : nodes) {
                if (other != node) {
                    underWay.add(() -> ask(node, claim, other));
                }
            }
        }

        private void ask(Node node, Own claim, Node other) {
            String taken = other.claims().judge(claim.asClaim(), node.address(), NOBODY_LOSES);
            underWay.add(() -> answer(node, claim, other, taken));
        }

        private void answer(Node node, Own claim, Node other, String taken) {
            if (node.refused().contains(claim)) {
                return;
            }
            claim.answeredBy(other.address());
            if (taken != null) {
                node.refused().add(claim);
                node.claims().remove(claim);
            } else if (nodes.stream()
                    .allMatch(each -> each == node || claim.isAnsweredBy(each.address()))) {
                claim.grant();
            }
        }

        Map<String, Set<String>> grantedGroups() {
            Map<String, Set<String>> groups = new HashMap<>();
            all.stream()
                    .filter(Own::granted)
                    .map(Own::asClaim)
                    .forEach(claim ->
                            claim.labels()
                                    .forEach(label ->
                                            groups.computeIfAbsent(label, _ -> new HashSet<>())
                                                    .add(claim.group())));
            return groups;
        }
    }
}
