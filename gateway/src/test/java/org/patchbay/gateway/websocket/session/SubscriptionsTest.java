package org.patchbay.gateway.websocket.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.subscription.Subscription;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.SignalKind;

class SubscriptionsTest {

    private static final AuthorizationContext WHO = AuthorizationContext.of("nginx:anna");
    private static final Subscription EVENTS =
            Subscription.of(SignalKind.TWIN_EVENTS, List.of("org.a"), null, "attributes/n");
    private static final Subscription MESSAGES =
            Subscription.of(SignalKind.LIVE_MESSAGES, List.of(), null, null);

    @Test
    void each_kind_is_told_to_the_bus_with_its_own_namespaces() {
        assertThat(interests(Subscriptions.NONE.with(EVENTS).with(MESSAGES), Set.of("a:b")))
                .containsExactlyInAnyOrder(
                        interest(
                                Set.of(SignalKind.TWIN_EVENTS),
                                Set.of("nginx:anna"),
                                Set.of("org.a"),
                                Set.of("attributes/n")),
                        interest(
                                Set.of(SignalKind.LIVE_MESSAGES),
                                Set.of("nginx:anna"),
                                Set.of(),
                                Set.of()));
    }

    @Test
    void a_kind_started_again_replaces_the_one_before() {
        Subscription other = Subscription.of(SignalKind.TWIN_EVENTS, List.of(), null, null);

        Subscriptions twice = Subscriptions.NONE.with(EVENTS).with(other);

        assertThat(twice.byKind()).hasSize(1);
        assertThat(twice.of(SignalKind.TWIN_EVENTS)).isSameAs(other);
        assertThat(twice.without(SignalKind.TWIN_EVENTS)).isEqualTo(Subscriptions.NONE);
    }

    @Test
    void labels_are_told_even_where_nothing_is_subscribed_to() {
        assertThat(interests(Subscriptions.NONE, Set.of("a:b")))
                .containsExactly(interest(Set.of(), Set.of(), Set.of(), Set.of()));
        assertThat(interests(Subscriptions.NONE, Set.of())).isEmpty();
    }

    private static List<Interest> interests(Subscriptions subscriptions, Set<String> labels) {
        return subscriptions.interests(WHO, labels, "session");
    }

    private static Interest interest(
            Set<SignalKind> kinds,
            Set<String> subjects,
            Set<String> namespaces,
            Set<String> extraFields) {
        return new Interest(kinds, subjects, namespaces, extraFields, Set.of("a:b"), "session");
    }
}
