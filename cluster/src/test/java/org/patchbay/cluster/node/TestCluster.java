package org.patchbay.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.awaitility.Awaitility;

/**
 * A cluster of nodes in this JVM: real remoting on the loopback interface, one embedded store that
 * they share. A node can leave as in an update, or be killed without a word.
 */
public final class TestCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Config config;
    private final Supplier<Behavior<Void>> guardian;
    private final List<ActorSystem<Void>> nodes = new ArrayList<>();

    private TestCluster(Config config, Supplier<Behavior<Void>> guardian) {
        this.config = config;
        this.guardian = guardian;
    }

    /**
     * @param data the folder of the store
     * @param guardian what every node runs; each gets its own
     * @param extraConfig HOCON that wins over the defaults
     */
    public static TestCluster in(Path data, Supplier<Behavior<Void>> guardian, String extraConfig) {
        return new TestCluster(
                ConfigFactory.parseString(extraConfig)
                        .withFallback(
                                ConfigFactory.parseMap(Map.of("patchbay.data", data.toString())))
                        .withFallback(ConfigFactory.parseResources("test-cluster.conf")),
                guardian);
    }

    public static TestCluster in(Path data, Supplier<Behavior<Void>> guardian) {
        return in(data, guardian, "");
    }

    /** Starts one more node and waits until all see each other. */
    public ActorSystem<Void> start() {
        return start("");
    }

    /** Starts a node with settings of its own, such as other roles. */
    public ActorSystem<Void> start(String ownConfig) {
        try {
            Config own = ConfigFactory.parseString(ownConfig).withFallback(config);
            ActorSystem<Void> node = Node.start(guardian.get(), Node.config(own));
            ActorSystem<Void> seed = nodes.isEmpty() ? node : nodes.getFirst();
            nodes.add(node);
            Cluster.get(node).manager().tell(Join.create(Cluster.get(seed).selfMember().address()));
            awaitAllUp();
            return node;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The node did not start", e);
        }
    }

    /** The nodes that run, the oldest first. */
    public List<ActorSystem<Void>> nodes() {
        return List.copyOf(nodes);
    }

    /** Ends a node without a goodbye: the others find out by its silence. */
    public void kill(ActorSystem<Void> node) {
        forget(node);
        terminate(node);
    }

    /** Has a node leave as in a rolling update, then ends it. */
    public void leave(ActorSystem<Void> node) {
        forget(node);
        Cluster cluster = Cluster.get(node);
        cluster.manager().tell(Leave.create(cluster.selfMember().address()));
        Awaitility.await().atMost(PATIENCE).until(cluster::isTerminated);
        terminate(node);
    }

    /** Waits until every running node sees exactly the running ones. */
    public void awaitAllUp() {
        Set<Address> running =
                nodes.stream()
                        .map(node -> Cluster.get(node).selfMember().address())
                        .collect(Collectors.toSet());
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        assertThat(nodes)
                                .allSatisfy(node -> assertThat(up(node)).isEqualTo(running)));
    }

    @Override
    public void close() {
        List.copyOf(nodes).forEach(this::kill);
    }

    private void forget(ActorSystem<Void> node) {
        // An actor system equals every other one of its name.
        nodes.removeIf(other -> other == node);
    }

    private static Set<Address> up(ActorSystem<Void> node) {
        return StreamSupport.stream(Cluster.get(node).state().getMembers().spliterator(), false)
                .filter(member -> member.status().equals(MemberStatus.up()))
                .map(Member::address)
                .collect(Collectors.toSet());
    }

    private static void terminate(ActorSystem<Void> node) {
        node.terminate();
        try {
            node.getWhenTerminated()
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("The node did not end", e);
        }
    }
}
