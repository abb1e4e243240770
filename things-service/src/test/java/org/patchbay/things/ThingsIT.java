package org.patchbay.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.things.Twins.by;
import static org.patchbay.things.Twins.fields;
import static org.patchbay.things.Twins.policy;
import static org.patchbay.things.Twins.thing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.devops.DevOps;
import org.patchbay.cluster.devops.DevOpsCommand;
import org.patchbay.cluster.devops.Service;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.subscription.Subscription;
import org.patchbay.cluster.subscription.SubscriptionFilter;
import org.patchbay.cluster.subscription.SubscriptionFilter.Decision;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.TopicPath;

/** Things on real nodes with the embedded store. */
class ThingsIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String POLICY = "org.acme:pol";

    @TempDir Path data;

    @Test
    void a_change_of_a_policy_holds_on_every_node_as_soon_as_it_is_answered() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ThingsIT::guardian)) {
            ActorSystem<Void> one = cluster.start();
            ActorSystem<Void> other = cluster.start();
            givenPolicy(one);
            List<String> things = List.of("org.acme:a", "org.acme:b", "org.acme:c", "org.acme:d");
            for (String id : things) {
                assertThat(
                                send(
                                                one,
                                                thing(
                                                        id,
                                                        "create",
                                                        "/",
                                                        "{'policyId': '" + POLICY + "'}"))
                                        .status())
                        .isEqualTo(201);
            }

            for (int round = 0; round < 10; round++) {
                send(one, policy(POLICY, "modify", "/entries/guest", guestWho("READ")));
                for (String id : things) {
                    assertThat(retrieveAsGuest(other, id).status()).isEqualTo(200);
                }
                send(other, policy(POLICY, "modify", "/entries/guest", guestWho("NOTHING")));
                for (String id : things) {
                    assertThat(retrieveAsGuest(one, id).status()).isEqualTo(404);
                }
            }
        }
    }

    @Test
    void a_thing_goes_on_where_it_was_when_its_node_dies() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ThingsIT::guardian)) {
            ActorSystem<Void> first = cluster.start();
            givenPolicy(first);
            send(first, thing("org.acme:a", "create", "/", "{'policyId': '" + POLICY + "'}"));
            ActorSystem<Void> second = cluster.start();
            for (int i = 1; i <= 20; i++) {
                send(first, thing("org.acme:a", "modify", "/attributes/n", Integer.toString(i)));
            }

            cluster.kill(first);

            SignalRequest retrieve =
                    fields("attributes,_revision", thing("org.acme:a", "retrieve", "/", null));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(send(second, retrieve).value())
                                    .hasToString("{\"attributes\":{\"n\":20},\"_revision\":21}"));
        }
    }

    @Test
    void a_thing_and_its_policy_are_there_after_all_nodes_were_gone() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ThingsIT::guardian)) {
            ActorSystem<Void> before = cluster.start();
            givenPolicy(before);
            send(
                    before,
                    thing(
                            "org.acme:a",
                            "create",
                            "/",
                            "{'policyId': '" + POLICY + "', 'attributes': {'n': 7}}"));
            cluster.kill(before);

            ActorSystem<Void> after = cluster.start();

            assertThat(send(after, thing("org.acme:a", "retrieve", "/attributes/n", null)).value())
                    .hasToString("7");
        }
    }

    @Test
    void events_reach_a_subscriber_on_another_node_in_order_and_with_extra_fields()
            throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ThingsIT::guardian)) {
            ActorSystem<Void> one = cluster.start();
            ActorSystem<Void> other = cluster.start();
            givenPolicy(one);
            send(
                    one,
                    thing(
                            "org.acme:a",
                            "create",
                            "/",
                            "{'policyId': '" + POLICY + "', 'attributes': {'place': 'here'}}"));
            TestProbe<Publication> probe = TestProbe.create(other);
            SignalBus.of(other)
                    .subscribe(
                            new Interest(
                                    Set.of(SignalKind.TWIN_EVENTS),
                                    Set.of("nginx:ditto"),
                                    Set.of(),
                                    Set.of("attributes/place")),
                            probe.getRef())
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            for (int i = 0; i < 100; i++) {
                send(one, thing("org.acme:a", "modify", "/attributes/n", Integer.toString(i)));
            }

            List<String> received = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Publication publication = probe.receiveMessage(Duration.ofSeconds(10));
                received.add(publication.signal().value() + " " + publication.extra());
                expected.add(i + " {\"attributes\":{\"place\":\"here\"}}");
            }
            assertThat(received).isEqualTo(expected);
        }
    }

    @Test
    void what_is_revoked_on_one_node_is_in_no_extra_field_on_another() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ThingsIT::guardian)) {
            ActorSystem<Void> one = cluster.start();
            ActorSystem<Void> other = cluster.start();
            givenPolicy(one);
            List<String> things = List.of("org.acme:a", "org.acme:b", "org.acme:c", "org.acme:d");
            for (String id : things) {
                String document =
                        "{'policyId': '" + POLICY + "', 'attributes': {'place': 'here', 'n': 0}}";
                send(one, thing(id, "create", "/", document));
            }
            SubscriptionFilter guest =
                    new SubscriptionFilter(
                            List.of(
                                    Subscription.of(
                                            SignalKind.TWIN_EVENTS,
                                            List.of(),
                                            null,
                                            "attributes/place")),
                            AuthorizationContext.of("nginx:guest"));
            TestProbe<Publication> probe = TestProbe.create(other);
            SignalBus.of(other)
                    .subscribe(guest.interest(), probe.getRef())
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            for (int round = 0; round < 10; round++) {
                boolean shown = round % 2 == 0;
                send(
                        round % 3 == 0 ? one : other,
                        policy(POLICY, "modify", "/entries/guest", guestSeesPlace(shown)));
                for (String id : things) {
                    send(one, thing(id, "modify", "/attributes/n", Integer.toString(round)));
                    Decision decision = guest.decide(probe.receiveMessage(TIMEOUT));
                    assertThat(((Decision.Selected) decision).signal().extra())
                            .hasToString(shown ? "{\"attributes\":{\"place\":\"here\"}}" : "{}");
                }
            }
        }
    }

    private static String guestSeesPlace(boolean shown) {
        return "{'subjects': {'nginx:guest': {'type': 'x'}}, 'resources': {"
                + "'thing:/attributes/n': {'grant': ['READ']},"
                + "'thing:/attributes/place': {'"
                + (shown ? "grant" : "revoke")
                + "': ['READ']}}}";
    }

    @Test
    void what_is_purged_is_gone_with_what_every_node_knew_of_it() throws Exception {
        try (TestCluster cluster =
                TestCluster.in(
                        data,
                        ThingsIT::guardian,
                        "ditto.persistence.operations.delay-after-persistence-actor-shutdown = 100ms")) {
            ActorSystem<Void> one = cluster.start();
            ActorSystem<Void> other = cluster.start();
            givenPolicy(one);
            List<String> things = List.of("org.acme:a", "org.acme:b", "org.acme:c", "org.acme:d");
            for (String id : things) {
                send(one, thing(id, "create", "/", "{'policyId': '" + POLICY + "'}"));
                assertThat(send(other, thing(id, "retrieve", "/", null)).status()).isEqualTo(200);
            }

            JsonNode purged =
                    DevOps.of(other)
                            .askOne(
                                    Service.THINGS,
                                    new DevOpsCommand.PurgeNamespace("org.acme"),
                                    TIMEOUT)
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS)
                            .byInstance()
                            .values()
                            .iterator()
                            .next();

            assertThat(purged.at("/thing/erased").intValue()).isEqualTo(4);
            assertThat(purged.at("/policy/erased").intValue()).isEqualTo(1);
            for (String id : things) {
                assertThat(send(one, thing(id, "retrieve", "/", null)).status()).isEqualTo(404);
                assertThat(
                                send(
                                                other,
                                                thing(
                                                        id,
                                                        "create",
                                                        "/",
                                                        "{'policyId': '" + POLICY + "'}"))
                                        .status())
                        .as("the policy is gone, too")
                        .isEqualTo(404);
            }
            givenPolicy(other);
            send(one, thing("org.acme:a", "create", "/", "{'policyId': '" + POLICY + "'}"));
            assertThat(
                            send(
                                            other,
                                            fields(
                                                    "_revision",
                                                    thing("org.acme:a", "retrieve", "/", null)))
                                    .value())
                    .hasToString("{\"_revision\":1}");
        }
    }

    @Test
    void an_operator_needs_no_policy() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ThingsIT::guardian)) {
            ActorSystem<Void> node = cluster.start();
            givenPolicy(node);
            send(node, thing("org.acme:a", "create", "/", "{'policyId': '" + POLICY + "'}"));

            SignalRequest asked = thing("org.acme:a", "retrieve", "/", null);
            SignalRequest sudo =
                    new SignalRequest(asked.signal(), AuthorizationContext.SUDO, null, null);
            SignalRequest nobody =
                    new SignalRequest(asked.signal(), AuthorizationContext.of(), null, null);

            assertThat(send(node, sudo).value().get("thingId").textValue()).isEqualTo("org.acme:a");
            assertThat(send(node, nobody).status()).isEqualTo(404);
        }
    }

    private static Behavior<Void> guardian() {
        return Behaviors.setup(context -> {
            context.spawn(ThingsRoot.create(), "thingsRoot");
            return Behaviors.empty();
        });
    }

    private static void givenPolicy(ActorSystem<?> node) throws Exception {
        Signal created =
                send(
                        node,
                        policy(
                                POLICY,
                                "create",
                                "/",
                                "{'entries': {'owner': {'subjects': {'nginx:ditto': {'type': 'x'}}, 'resources': {"
                                        + "'thing:/': {'grant': ['READ', 'WRITE']},"
                                        + "'policy:/': {'grant': ['READ', 'WRITE']}}}}}"));
        assertThat(created.status()).isEqualTo(201);
    }

    private static String guestWho(String permission) {
        return "{'subjects': {'nginx:guest': {'type': 'x'}}, 'resources': {"
                + "'thing:/': {'grant': ['"
                + permission
                + "']}}}";
    }

    private static Signal retrieveAsGuest(ActorSystem<?> node, String id) throws Exception {
        return send(node, by("nginx:guest", thing(id, "retrieve", "/", null)));
    }

    private static Signal send(ActorSystem<?> node, SignalRequest request) throws Exception {
        EntityKind kind =
                request.signal().topic().group() == TopicPath.Group.POLICIES
                        ? EntityKind.POLICY
                        : EntityKind.THING;
        return Shards.of(node)
                .ask(kind, request.signal().entityId(), request, Signal.class, TIMEOUT)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}
