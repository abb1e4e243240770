package org.patchbay.gateway.websocket.session;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.subscription.Subscription;
import org.patchbay.cluster.subscription.SubscriptionFilter;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.SignalKind;

/** What a session is subscribed to: each kind of signals once, the last one counts. */
record Subscriptions(Map<SignalKind, Subscription> byKind) {

    static final Subscriptions NONE = new Subscriptions(Map.of());

    Subscriptions {
        byKind = Map.copyOf(byKind);
    }

    Subscriptions with(Subscription subscription) {
        Map<SignalKind, Subscription> more = new EnumMap<>(SignalKind.class);
        more.putAll(byKind);
        more.put(subscription.kind(), subscription);
        return new Subscriptions(more);
    }

    Subscriptions without(SignalKind kind) {
        Map<SignalKind, Subscription> less = new EnumMap<>(SignalKind.class);
        less.putAll(byKind);
        less.remove(kind);
        return new Subscriptions(less);
    }

    @Nullable Subscription of(SignalKind kind) {
        return byKind.get(kind);
    }

    SubscriptionFilter filter(AuthorizationContext who) {
        return new SubscriptionFilter(List.copyOf(byKind.values()), who);
    }

    /**
     * What the bus is told.
     *
     * @param labels of acknowledgements that the session issues
     * @param origin the session, which gets no echo
     */
    List<Interest> interests(AuthorizationContext who, Set<String> labels, String origin) {
        if (byKind.isEmpty()) {
            return labels.isEmpty()
                    ? List.of()
                    : List.of(new Interest(Set.of(), Set.of(), Set.of(), Set.of(), labels, origin));
        }
        return byKind.values().stream()
                .map(one -> new SubscriptionFilter(List.of(one), who).interest())
                .map(interest ->
                        new Interest(
                                interest.kinds(),
                                interest.subjects(),
                                interest.namespaces(),
                                interest.extraFields(),
                                labels,
                                origin))
                .toList();
    }
}
