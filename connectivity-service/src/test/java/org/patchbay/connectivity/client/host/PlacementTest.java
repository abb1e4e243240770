package org.patchbay.connectivity.client.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final String HERE = ClientNodes.HERE;

    @Test
    void each_client_has_a_node_of_its_own_while_there_are_nodes_and_the_first_one_is_here() {
        Map<Integer, String> placed = over("a", "b").of("c", 3, Map.of());

        assertThat(placed).containsOnlyKeys(0, 1, 2).containsEntry(0, HERE);
        assertThat(placed.values()).containsExactlyInAnyOrder(HERE, "a", "b");
    }

    @Test
    void with_one_node_all_are_here() {
        assertThat(Placement.HERE_ONLY.of("c", 3, Map.of()).values()).containsOnly(HERE);
    }

    @Test
    void the_same_nodes_and_the_same_id_give_the_same_places() {
        assertThat(over("a", "b", "c").of("x", 7, Map.of()))
                .isEqualTo(over("c", "b", "a").of("x", 7, Map.of()));
    }

    @Test
    void connections_with_two_clients_do_not_all_choose_the_same_node() {
        Set<String> seconds =
                IntStream.range(0, 50)
                        .mapToObj(n -> over("a", "b", "c").of("c" + n, 2, Map.of()).get(1))
                        .collect(Collectors.toSet());

        assertThat(seconds).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void when_a_node_goes_only_its_clients_move() {
        Map<Integer, String> before = over("a", "b", "c").of("x", 4, Map.of());

        Map<Integer, String> after = over("a", "b").of("x", 4, before);

        assertThat(after.values()).containsOnly(HERE, "a", "b");
        before.forEach((index, node) -> {
            if (!node.equals("c")) {
                assertThat(after).containsEntry(index, node);
            }
        });
    }

    @Test
    void when_a_node_comes_only_as_many_clients_move_as_it_is_to_have() {
        Map<Integer, String> before = Placement.HERE_ONLY.of("x", 4, Map.of());

        Map<Integer, String> after = over("a").of("x", 4, before);

        assertThat(after).isEqualTo(Map.of(0, HERE, 1, HERE, 2, "a", 3, "a"));
    }

    @Test
    void a_client_stays_on_a_node_that_can_not_be_reached_and_none_comes_to_it() {
        Placement unreachable = new Placement(Set.of(HERE, "a", "b"), Set.of(HERE, "b"));

        assertThat(unreachable.of("x", 2, Map.of(0, HERE, 1, "a"))).containsEntry(1, "a");
        assertThat(unreachable.of("x", 3, Map.of(0, HERE)).values()).doesNotContain("a");
    }

    @Test
    void is_even_and_at_rest_whatever_came_and_went() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            int count = 1 + random.nextInt(9);
            Set<String> others = others(random);
            Placement placement = over(others.toArray(String[]::new));
            Map<Integer, String> current = somewhere(random, count);

            Map<Integer, String> placed = placement.of("x" + round, count, current);

            assertThat(placed).hasSize(count);
            List<Integer> loads = loads(placement, placed);
            assertThat(Collections.max(loads) - Collections.min(loads)).isLessThanOrEqualTo(1);
            assertThat(placement.of("x" + round, count, placed)).isEqualTo(placed);
        }
    }

    private static List<Integer> loads(Placement placement, Map<Integer, String> placed) {
        return placement.all().stream()
                .map(node -> Collections.frequency(placed.values(), node))
                .toList();
    }

    private static Set<String> others(Random random) {
        Set<String> others = new HashSet<>();
        for (String node : List.of("a", "b", "c", "d", "e")) {
            if (random.nextBoolean()) {
                others.add(node);
            }
        }
        return others;
    }

    private static Map<Integer, String> somewhere(Random random, int count) {
        Map<Integer, String> current = new HashMap<>();
        List<String> nodes = List.of(HERE, "a", "b", "c", "d", "e", "gone");
        for (int index = 0; index < count; index++) {
            if (random.nextInt(4) > 0) {
                current.put(index, nodes.get(random.nextInt(nodes.size())));
            }
        }
        return current;
    }

    private static Placement over(String... others) {
        Set<String> all = new HashSet<>(Set.of(others));
        all.add(HERE);
        return new Placement(all, all);
    }
}
