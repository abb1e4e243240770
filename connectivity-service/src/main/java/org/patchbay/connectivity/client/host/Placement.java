package org.patchbay.connectivity.client.host;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which node runs which client of a connection: one each as long as there are nodes, then as many
 * more on each as on any other. The first client runs where the entity is, so that a connection
 * with one client has no way between nodes. A client stays where it is unless its node has gone or
 * has more than its share, because every move costs a link.
 *
 * @param all nodes, by name, {@link ClientNodes#HERE} among them
 * @param reachable those of them that can be given a client now, again with {@code HERE}
 */
public record Placement(Set<String> all, Set<String> reachable) {

    public static final Placement HERE_ONLY =
            new Placement(Set.of(ClientNodes.HERE), Set.of(ClientNodes.HERE));

    public Placement {
        all = Set.copyOf(all);
        reachable = Set.copyOf(reachable);
    }

    /** Over this node and the other ones. */
    public static Placement over(ClientNodes.Known known) {
        return new Placement(withHere(known.hosts().keySet()), withHere(known.reachable()));
    }

    private static Set<String> withHere(Set<String> others) {
        Set<String> all = new HashSet<>(others);
        all.add(ClientNodes.HERE);
        return all;
    }

    /**
     * The node of each client, by index.
     *
     * @param connectionId which decides the order of nodes, so that connections with few clients do
     *     not all choose the same ones
     * @param current where clients run already
     */
    public Map<Integer, String> of(
            String connectionId, int clientCount, Map<Integer, String> current) {
        Map<Integer, String> placed = new TreeMap<>();
        Map<String, Integer> load = new HashMap<>();
        int share = clientCount / all.size();
        int larger = clientCount % all.size();
        for (int index = 0; index < clientCount; index++) {
            String node = current.get(index);
            if (node != null && all.contains(node) && load.getOrDefault(node, 0) < share) {
                put(placed, load, index, node);
            }
        }
        for (int index = 0; index < clientCount; index++) {
            String node = current.get(index);
            if (larger > 0
                    && !placed.containsKey(index)
                    && node != null
                    && all.contains(node)
                    && load.getOrDefault(node, 0) == share) {
                put(placed, load, index, node);
                larger--;
            }
        }
        List<String> order = order(connectionId);
        for (int index = 0; index < clientCount; index++) {
            if (!placed.containsKey(index)) {
                String node =
                        order.stream()
                                .min(Comparator.comparingInt(one -> load.getOrDefault(one, 0)))
                                .orElse(ClientNodes.HERE);
                put(placed, load, index, node);
            }
        }
        return placed;
    }

    /** The own node, then the others, as the connection ranks them. */
    private List<String> order(String connectionId) {
        return reachable.stream()
                .sorted(
                        Comparator.comparing((String node) -> !node.equals(ClientNodes.HERE))
                                .thenComparingInt(node -> rank(connectionId, node))
                                .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static int rank(String connectionId, String node) {
        int hash = 31 * connectionId.hashCode() + node.hashCode();
        hash *= 0x9e3779b9;
        return hash ^ hash >>> 15;
    }

    private static void put(
            Map<Integer, String> placed, Map<String, Integer> load, int index, String node) {
        placed.put(index, node);
        load.merge(node, 1, Integer::sum);
    }
}
