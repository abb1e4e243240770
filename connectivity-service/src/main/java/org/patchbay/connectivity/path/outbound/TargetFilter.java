package org.patchbay.connectivity.path.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.model.Target;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.rql.Rql;
import org.patchbay.protocol.rql.RqlFields;

/** Decides which signals a target gets, and with which extra fields. */
final class TargetFilter {

    /** What a filter says of a signal. */
    sealed interface Decision {
        /** Of a kind or a namespace the target did not subscribe to, or not for its eyes. */
        record Foreign() implements Decision {}

        /** Subscribed to, but filtered out. */
        record Filtered() implements Decision {}

        record Selected(Signal signal) implements Decision {}
    }

    private static final Decision FOREIGN = new Decision.Foreign();
    private static final Decision FILTERED = new Decision.Filtered();

    private record Topic(
            SignalKind kind,
            Set<String> namespaces,
            @Nullable Rql filter,
            @Nullable ExtraFields extraFields) {

        static Topic of(Target.Topic topic) {
            String filter = topic.filter();
            return new Topic(
                    topic.kind(),
                    Set.copyOf(topic.namespaces()),
                    filter == null ? null : Rql.parse(filter, RqlFields.SIGNAL),
                    ExtraFields.of(topic.extraFields()));
        }

        boolean subscribesTo(SignalKind other, Signal signal) {
            return kind == other
                    && (namespaces.isEmpty() || namespaces.contains(signal.topic().namespace()));
        }
    }

    private final List<Topic> topics;
    private final AuthorizationContext who;

    private TargetFilter(List<Topic> topics, AuthorizationContext who) {
        this.topics = topics;
        this.who = who;
    }

    static TargetFilter of(Target target) {
        return new TargetFilter(
                target.topics().stream().map(Topic::of).toList(),
                new AuthorizationContext(target.authorizationContext()));
    }

    /** What the target wants of the bus. */
    Interest interest() {
        Set<SignalKind> kinds = new HashSet<>();
        Set<String> namespaces = new HashSet<>();
        Set<String> extraFields = new HashSet<>();
        for (Topic topic : topics) {
            kinds.add(topic.kind());
            namespaces.addAll(topic.namespaces());
            if (topic.extraFields() != null) {
                extraFields.add(topic.extraFields().wanted());
            }
        }
        boolean anyNamespace = topics.stream().anyMatch(topic -> topic.namespaces().isEmpty());
        return new Interest(
                kinds,
                Set.copyOf(who.subjects()),
                anyNamespace ? Set.of() : namespaces,
                extraFields);
    }

    Decision decide(Publication publication) {
        Signal signal = publication.signal();
        SignalKind kind = SignalKind.of(signal);
        List<Topic> subscribed =
                kind == null
                        ? List.of()
                        : topics.stream().filter(t -> t.subscribesTo(kind, signal)).toList();
        if (kind == null || subscribed.isEmpty() || !mayRead(kind, publication)) {
            return FOREIGN;
        }
        Optional<JsonNode> extra = Optional.empty();
        boolean passes = false;
        FieldSelector all = null;
        for (Topic topic : subscribed) {
            Optional<FieldSelector> selector =
                    Optional.ofNullable(topic.extraFields()).flatMap(e -> e.selector(signal));
            Signal seen =
                    selector.map(s -> signal.withExtra(ExtraFields.cut(publication, s, who)))
                            .orElse(signal);
            if (topic.filter() == null || topic.filter().matches(new EventDocument(seen))) {
                passes = true;
                if (selector.isPresent()) {
                    all = all == null ? selector.get() : all.and(selector.get());
                    extra = Optional.of(ExtraFields.cut(publication, all, who));
                }
            }
        }
        return passes ? new Decision.Selected(signal.withExtra(extra.orElse(null))) : FILTERED;
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
