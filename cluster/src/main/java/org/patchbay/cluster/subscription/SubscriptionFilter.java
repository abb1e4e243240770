package org.patchbay.cluster.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.json.FieldSelector;

/** Decides which signals a subscriber gets, and with which extra fields. */
public final class SubscriptionFilter {

    /** What a filter says of a signal. */
    public sealed interface Decision {
        /** Of a kind or a namespace that was not subscribed to, or not for these eyes. */
        record Foreign() implements Decision {}

        /** Subscribed to, but filtered out. */
        record Filtered() implements Decision {}

        record Selected(Signal signal) implements Decision {}
    }

    private static final Set<SignalKind> ENRICHED =
            Set.of(
                    SignalKind.TWIN_EVENTS,
                    SignalKind.LIVE_EVENTS,
                    SignalKind.LIVE_COMMANDS,
                    SignalKind.LIVE_MESSAGES);

    private static final Decision FOREIGN = new Decision.Foreign();
    private static final Decision FILTERED = new Decision.Filtered();

    private final List<Subscription> subscriptions;
    private final AuthorizationContext who;

    /**
     * @param who whose permissions count
     */
    public SubscriptionFilter(List<Subscription> subscriptions, AuthorizationContext who) {
        this.subscriptions = List.copyOf(subscriptions);
        this.who = who;
    }

    /** What the subscriber wants of the bus. */
    public Interest interest() {
        Set<SignalKind> kinds = new HashSet<>();
        Set<String> namespaces = new HashSet<>();
        Set<String> extraFields = new HashSet<>();
        for (Subscription subscription : subscriptions) {
            kinds.add(subscription.kind());
            namespaces.addAll(subscription.namespaces());
            if (subscription.extraFields() != null) {
                extraFields.add(subscription.extraFields().wanted());
            }
        }
        boolean anyNamespace = subscriptions.stream().anyMatch(one -> one.namespaces().isEmpty());
        return new Interest(
                kinds,
                Set.copyOf(who.subjects()),
                anyNamespace ? Set.of() : namespaces,
                extraFields);
    }

    public Decision decide(Publication publication) {
        Signal signal = publication.signal();
        SignalKind kind = SignalKind.of(signal);
        List<Subscription> subscribed =
                kind == null
                        ? List.of()
                        : subscriptions.stream().filter(s -> s.covers(kind, signal)).toList();
        if (kind == null || subscribed.isEmpty() || !mayRead(kind, publication)) {
            return FOREIGN;
        }
        Optional<JsonNode> extra = Optional.empty();
        boolean passes = false;
        FieldSelector all = null;
        for (Subscription subscription : subscribed) {
            Optional<FieldSelector> selector =
                    Optional.ofNullable(subscription.extraFields())
                            .flatMap(e -> e.selector(signal));
            Signal seen =
                    selector.map(s -> signal.withExtra(ExtraFields.cut(publication, s, who)))
                            .orElse(signal);
            if (subscription.filter() == null
                    || subscription.filter().matches(new EventDocument(seen))) {
                passes = true;
                if (selector.isPresent()) {
                    all = all == null ? selector.get() : all.and(selector.get());
                    extra = Optional.of(ExtraFields.cut(publication, all, who));
                }
            }
        }
        return passes ? new Decision.Selected(signal.withExtra(extra.orElse(null))) : FILTERED;
    }

    /**
     * Whether extra fields are wanted that whoever published did not attach: because it did not
     * know yet that somebody wants any.
     */
    public boolean lacksExtraFields(Publication publication) {
        Signal signal = publication.signal();
        SignalKind kind = SignalKind.of(signal);
        return kind != null
                && ENRICHED.contains(kind)
                && lacksExtraFields(kind, publication)
                && mayRead(kind, publication);
    }

    private boolean lacksExtraFields(SignalKind kind, Publication publication) {
        for (Subscription one : subscriptions) {
            ExtraFields wanted = one.extraFields();
            if (wanted != null
                    && !publication.knows(wanted.wanted())
                    && one.covers(kind, publication.signal())) {
                return true;
            }
        }
        return false;
    }

    private boolean mayRead(SignalKind kind, Publication publication) {
        Signal signal = publication.signal();
        return switch (kind) {
            case TWIN_EVENTS, LIVE_EVENTS, LIVE_COMMANDS ->
                    publication.readers().allows(who, "thing", signal.path(), "READ");
            case LIVE_MESSAGES ->
                    publication.readers().allows(who, "message", signal.path(), "READ");
            case POLICY_ANNOUNCEMENTS -> isAddressed(signal);
            case CONNECTION_ANNOUNCEMENTS -> true;
        };
    }

    /** An announcement about subjects is for these subjects. */
    private boolean isAddressed(Signal signal) {
        JsonNode value = signal.value();
        if (value == null) {
            return false;
        }
        for (JsonNode subject : value.path("subjectIds")) {
            if (who.subjects().contains(subject.asText())) {
                return true;
            }
        }
        return false;
    }
}
