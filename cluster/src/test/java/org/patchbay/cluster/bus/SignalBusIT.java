package org.patchbay.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;

class SignalBusIT {

    private static final Interest EVENTS =
            new Interest(
                    Set.of(SignalKind.TWIN_EVENTS),
                    Set.of("nginx:ditto"),
                    Set.of("org.acme"),
                    Set.of("attributes/location"));

    private static final Interest OTHERS =
            new Interest(
                    Set.of(SignalKind.TWIN_EVENTS),
                    Set.of("nginx:ditto"),
                    Set.of("org.others"),
                    Set.of());

    @TempDir Path data;

    @Test
    void nothing_published_on_another_node_is_missed_or_reordered_once_subscribed()
            throws Exception {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> publisher = cluster.start();
            ActorSystem<Void> subscriber = cluster.start();
            TestProbe<Publication> probe = TestProbe.create(subscriber);
            subscribe(subscriber, probe, EVENTS);

            LongStream.rangeClosed(1, 500)
                    .forEach(revision -> publish(publisher, "org.acme", revision));

            List<Long> received = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                received.add(probe.receiveMessage().signal().revision());
            }
            assertThat(received).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void a_subscriber_knows_whether_the_extra_fields_that_it_wants_were_attached()
            throws Exception {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            // Given a node that gets the events anyway, for one who wants nothing else of them
            ActorSystem<Void> publisher = cluster.start();
            ActorSystem<Void> subscriber = cluster.start();
            Set<SignalKind> kinds = Set.of(SignalKind.TWIN_EVENTS);
            Set<String> who = Set.of("nginx:ditto");
            TestProbe<Publication> plain = TestProbe.create(subscriber);
            subscribe(subscriber, plain, new Interest(kinds, who, Set.of(), Set.of()));
            AtomicBoolean over = new AtomicBoolean();
            Thread publishing =
                    Thread.startVirtualThread(() -> publishUntil(over, publisher, plain));

            // When others come meanwhile who want more
            List<TestProbe<Publication>> probes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                TestProbe<Publication> probe = TestProbe.create(subscriber);
                probes.add(probe);
                Set<String> extra = Set.of("attributes/x" + i);
                subscribe(subscriber, probe, new Interest(kinds, who, Set.of(), extra));
            }
            over.set(true);
            publishing.join();

            // Then each can tell what was under way before, and soon gets what it wants
            for (int i = 0; i < 20; i++) {
                String wanted = "attributes/x" + i;
                Publication next;
                do {
                    next = probes.get(i).receiveMessage();
                    boolean enriched = String.valueOf(next.extra()).contains('"' + wanted + '"');
                    assertThat(next.knows(wanted)).isEqualTo(enriched);
                } while (!next.knows(wanted));
            }
        }
    }

    /** Publishes with what is wanted, one after the other, and once more when it is over. */
    private static void publishUntil(
            AtomicBoolean over, ActorSystem<?> node, TestProbe<Publication> arrived) {
        Signal event = Samples.event("org.acme", "boiler", 1);
        boolean last;
        do {
            last = over.get();
            ArrayNode extra = JsonNodeFactory.instance.arrayNode();
            Set<String> wanted = bus(node).wantedExtraFields(event);
            wanted.forEach(extra::add);
            bus(node)
                    .publish(
                            new Publication(
                                    event,
                                    Samples.readableBy("nginx:ditto"),
                                    extra,
                                    wanted,
                                    null,
                                    null));
            arrived.receiveMessage();
        } while (!last);
    }

    @Test
    void only_what_somebody_wants_leaves_a_node() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> publisher = cluster.start();
            ActorSystem<Void> subscriber = cluster.start();
            TestProbe<Publication> probe = TestProbe.create(subscriber);
            subscribe(subscriber, probe, EVENTS);

            publish(publisher, "org.other", 1);
            publish(publisher, "org.acme", 2);

            assertThat(probe.receiveMessage().signal().revision()).isEqualTo(2);
            assertThat(bus(publisher).wantedExtraFields(Samples.event("org.acme", "a", 1)))
                    .containsExactly("attributes/location");
            assertThat(bus(publisher).wantedExtraFields(Samples.event("org.other", "a", 1)))
                    .isEmpty();
        }
    }

    @Test
    void a_subscriber_that_has_stopped_or_unsubscribed_is_forgotten_everywhere() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> publisher = cluster.start();
            ActorSystem<Void> subscriber = cluster.start();
            TestProbe<Publication> stopping = TestProbe.create(subscriber);
            TestProbe<Publication> leaving = TestProbe.create(subscriber);
            subscribe(subscriber, stopping, EVENTS);
            subscribe(subscriber, leaving, EVENTS);

            stopping.stop();
            bus(subscriber).unsubscribe(leaving.getRef());

            Awaitility.await()
                    .until(() ->
                            bus(publisher)
                                    .wantedExtraFields(Samples.event("org.acme", "a", 1))
                                    .isEmpty());
        }
    }

    @Test
    void interests_that_are_replaced_miss_nothing_of_what_both_want() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> publisher = cluster.start();
            ActorSystem<Void> subscriber = cluster.start();
            TestProbe<Publication> probe = TestProbe.create(subscriber);
            subscribe(subscriber, probe, EVENTS);
            CompletableFuture<?> replaced = CompletableFuture.completedFuture(null);

            for (long revision = 1; revision <= 500; revision++) {
                publish(publisher, "org.acme", revision);
                if (revision % 100 == 0) {
                    replaced = resubscribe(subscriber, probe, List.of(EVENTS, OTHERS));
                }
            }

            for (long revision = 1; revision <= 500; revision++) {
                assertThat(probe.receiveMessage().signal().revision()).isEqualTo(revision);
            }
            replaced.get(60, TimeUnit.SECONDS);
            resubscribe(subscriber, probe, List.of(OTHERS)).get(60, TimeUnit.SECONDS);
            publish(publisher, "org.acme", 501);
            publish(publisher, "org.others", 502);
            assertThat(probe.receiveMessage().signal().revision()).isEqualTo(502);
        }
    }

    @Test
    void a_node_that_joins_later_knows_what_the_others_want_before_it_hosts_anything()
            throws Exception {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> subscriber = cluster.start();
            TestProbe<Publication> probe = TestProbe.create(subscriber);
            subscribe(subscriber, probe, EVENTS);

            ActorSystem<Void> late = cluster.start();
            bus(late).ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
            publish(late, "org.acme", 1);

            assertThat(probe.receiveMessage().signal().revision()).isEqualTo(1);
        }
    }

    @Test
    void a_killed_node_wants_nothing_any_more_and_holds_up_nobody() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> survivor = cluster.start();
            ActorSystem<Void> killed = cluster.start();
            subscribe(killed, TestProbe.create(killed), EVENTS);

            cluster.kill(killed);

            TestProbe<Publication> probe = TestProbe.create(survivor);
            subscribe(
                    survivor,
                    probe,
                    new Interest(
                            Set.of(SignalKind.TWIN_EVENTS),
                            Set.of("nginx:ditto"),
                            Set.of(),
                            Set.of()));
            Awaitility.await()
                    .until(() ->
                            bus(survivor)
                                    .wantedExtraFields(Samples.event("org.acme", "a", 1))
                                    .isEmpty());
        }
    }

    private static void subscribe(
            ActorSystem<?> node, TestProbe<Publication> probe, Interest interest) throws Exception {
        bus(node)
                .subscribe(interest, probe.getRef())
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private static CompletableFuture<?> resubscribe(
            ActorSystem<?> node, TestProbe<Publication> probe, List<Interest> interests) {
        return bus(node).resubscribe(interests, probe.getRef(), _ -> true).toCompletableFuture();
    }

    private static void publish(ActorSystem<?> node, String namespace, long revision) {
        bus(node)
                .publish(
                        Samples.publish(
                                Samples.event(namespace, "boiler", revision),
                                Samples.readableBy("nginx:ditto")));
    }

    private static SignalBus bus(ActorSystem<?> node) {
        return SignalBus.of(node);
    }
}
