package org.patchbay.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.policy.PolicyView;

class LocalSubscribersTest {

    private final TestInbox<Publication> inbox = TestInbox.create("subscriber");

    @Test
    void hands_over_what_the_subject_may_read() {
        deliver(interest("nginx:ditto"), Samples.readableBy("nginx:ditto"));

        assertThat(inbox.getAllReceived()).hasSize(1);
    }

    @Test
    void keeps_back_what_the_subject_may_not_read() {
        deliver(interest("nginx:ditto"), Samples.readableBy("nginx:other"));

        assertThat(inbox.getAllReceived()).isEmpty();
    }

    @Test
    void hands_over_what_the_subject_may_read_a_part_of() {
        deliver(
                interest("nginx:ditto"),
                Samples.readableBy("nginx:ditto", "thing:/attributes/temp/now"));

        assertThat(inbox.getAllReceived()).hasSize(1);
    }

    @Test
    void asks_for_the_permission_on_messages_where_it_is_a_message() {
        Publication message =
                Samples.publish(
                        Samples.message("org.acme", "boiler", "hello"),
                        Samples.readableBy("nginx:ditto", "thing:/"));

        subscribers(Map.of(inbox.getRef(), List.of(interest("nginx:ditto"))))
                .deliver(SignalKind.LIVE_MESSAGES, message);

        assertThat(inbox.getAllReceived()).isEmpty();
    }

    @Test
    void keeps_back_other_kinds_and_namespaces() {
        Interest other =
                new Interest(
                        Set.of(SignalKind.TWIN_EVENTS),
                        Set.of("nginx:ditto"),
                        Set.of("org.other"),
                        Set.of());
        Interest live =
                new Interest(
                        Set.of(SignalKind.LIVE_EVENTS), Set.of("nginx:ditto"), Set.of(), Set.of());

        deliver(other, Samples.readableBy("nginx:ditto"));
        deliver(live, Samples.readableBy("nginx:ditto"));

        assertThat(inbox.getAllReceived()).isEmpty();
    }

    @Test
    void gives_no_echo_to_the_origin() {
        Interest own =
                new Interest(
                        Set.of(SignalKind.TWIN_EVENTS),
                        Set.of("nginx:ditto"),
                        Set.of(),
                        Set.of(),
                        "me");
        LocalSubscribers subscribers = subscribers(Map.of(inbox.getRef(), List.of(own)));

        subscribers.deliver(SignalKind.TWIN_EVENTS, from("me", 1));
        subscribers.deliver(SignalKind.TWIN_EVENTS, from("another", 2));

        assertThat(inbox.getAllReceived())
                .singleElement()
                .extracting(p -> p.signal().revision())
                .isEqualTo(2L);
    }

    @Test
    void hands_over_once_when_several_interests_of_a_subscriber_match() {
        TestInbox<Publication> second = TestInbox.create("second");
        Map<ActorRef<Publication>, List<Interest>> interests = new LinkedHashMap<>();
        interests.put(
                inbox.getRef(),
                List.of(interest("nginx:ditto"), interest("nginx:other", "nginx:ditto")));
        interests.put(second.getRef(), List.of(interest("nginx:ditto")));

        subscribers(interests)
                .deliver(
                        SignalKind.TWIN_EVENTS,
                        Samples.publish(
                                Samples.event("org.acme", "boiler", 1),
                                Samples.readableBy("nginx:ditto")));

        assertThat(inbox.getAllReceived()).hasSize(1);
        assertThat(second.getAllReceived()).hasSize(1);
    }

    @Test
    void what_is_revoked_from_the_subject_of_one_interest_is_not_hidden_from_another() {
        PolicyView readers =
                PolicyView.of(
                        Json.parse(
                                """
                                {"entries":{
                                  "a":{"subjects":{"nginx:a":{"type":"t"}},
                                       "resources":{"thing:/":{"grant":["READ"],"revoke":[]}}},
                                  "b":{"subjects":{"nginx:b":{"type":"t"}},
                                       "resources":{"thing:/":{"grant":[],"revoke":["READ"]}}}}}\
                                """));

        subscribers(Map.of(inbox.getRef(), List.of(interest("nginx:a"), interest("nginx:b"))))
                .deliver(
                        SignalKind.TWIN_EVENTS,
                        Samples.publish(Samples.event("org.acme", "boiler", 1), readers));

        assertThat(inbox.getAllReceived()).hasSize(1);
    }

    @Test
    void stands_in_for_who_would_acknowledge_but_is_not_reached() {
        TestInbox<Signal> requester = TestInbox.create("requester");
        Interest issuer = interest("nginx:other").withLabels(Set.of("alarms:stored"));

        subscribers(Map.of(inbox.getRef(), List.of(issuer)))
                .deliver(SignalKind.TWIN_EVENTS, requesting("alarms:stored", requester));

        assertThat(requester.getAllReceived())
                .singleElement()
                .satisfies(ack -> {
                    assertThat(ack.topic())
                            .hasToString("org.acme/boiler/things/twin/acks/alarms:stored");
                    assertThat(ack.status()).isEqualTo(200);
                    assertThat(ack.headers().get("ditto-weak-ack")).isEqualTo("true");
                });
    }

    @Test
    void stands_in_neither_for_who_is_reached_nor_for_labels_of_nobody() {
        TestInbox<Signal> requester = TestInbox.create("requester");
        Interest issuer = interest("nginx:ditto").withLabels(Set.of("alarms:stored"));
        LocalSubscribers subscribers = subscribers(Map.of(inbox.getRef(), List.of(issuer)));

        subscribers.deliver(SignalKind.TWIN_EVENTS, requesting("alarms:stored", requester));
        subscribers.deliver(SignalKind.TWIN_EVENTS, requesting("others:stored", requester));

        assertThat(inbox.getAllReceived()).hasSize(2);
        assertThat(requester.getAllReceived()).isEmpty();
    }

    private static Publication requesting(String label, TestInbox<Signal> requester) {
        Signal event = Samples.event("org.acme", "boiler", 1);
        return new Publication(
                event.with(event.headers().with("requested-acks", "[\"" + label + "\"]")),
                Samples.readableBy("nginx:ditto"),
                null,
                null,
                requester.getRef());
    }

    private void deliver(Interest interest, PolicyView readers) {
        subscribers(Map.of(inbox.getRef(), List.of(interest)))
                .deliver(
                        SignalKind.TWIN_EVENTS,
                        Samples.publish(Samples.event("org.acme", "boiler", 1), readers));
    }

    private static Publication from(String origin, long revision) {
        return new Publication(
                Samples.event("org.acme", "boiler", revision),
                Samples.readableBy("nginx:ditto"),
                null,
                origin,
                null);
    }

    private static Interest interest(String... subjects) {
        return new Interest(Set.of(SignalKind.TWIN_EVENTS), Set.of(subjects), Set.of(), Set.of());
    }

    private static LocalSubscribers subscribers(
            Map<ActorRef<Publication>, List<Interest>> interests) {
        return new LocalSubscribers(interests, Map.of());
    }
}
