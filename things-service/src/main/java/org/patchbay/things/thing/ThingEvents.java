package org.patchbay.things.thing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Document;
import org.patchbay.things.document.SignalHeaders;

/** Tells the subscribers what happened to things, with the extra fields that they want. */
public final class ThingEvents {

    /**
     * As many sets of extra fields as there are kinds of subscribers; more are parsed each time.
     */
    private static final int PARSED_MAX = 1_000;

    private final SignalBus bus;
    private final Function<String, @Nullable JsonNode> policies;
    private final ConcurrentHashMap<Set<String>, FieldSelector> parsed = new ConcurrentHashMap<>();

    /**
     * @param policies a policy by its id, where it is known
     */
    public ThingEvents(SignalBus bus, Function<String, @Nullable JsonNode> policies) {
        this.bus = bus;
        this.policies = policies;
    }

    /** Publishes the event of a change that is stored. */
    void publish(
            SignalRequest request,
            Change change,
            PolicyView readers,
            Document before,
            Document after) {
        TopicPath topic =
                request.signal()
                        .topic()
                        .with(TopicPath.Criterion.EVENTS, change.action().wireName());
        Signal event =
                Signal.event(
                        topic,
                        change.path(),
                        SignalHeaders.ofEvent(request, change),
                        change.value(),
                        change.revision(),
                        change.timestamp());
        Document shown = after instanceof Document.Active ? after : before;
        publish(request, event, readers, shown);
    }

    /**
     * Publishes a signal.
     *
     * @param thing as it is after the signal, or as it was last
     */
    void publish(SignalRequest request, Signal signal, PolicyView readers, Document thing) {
        bus.publish(
                new Publication(
                        signal,
                        readers,
                        extra(signal, thing),
                        request.origin(),
                        request.acknowledgements()));
    }

    private @Nullable JsonNode extra(Signal signal, Document document) {
        Set<String> wanted = bus.wantedExtraFields(signal);
        if (wanted.isEmpty() || !(document instanceof Document.Active thing)) {
            return null;
        }
        long revision = signal.revision() == null ? thing.revision() : signal.revision();
        FieldSelector fields = union(wanted);
        JsonNode policy =
                ThingFields.wantsPolicy(fields)
                        ? policies.apply(thing.json().path("policyId").asText())
                        : null;
        return ThingFields.extra(fields, thing, revision, policy);
    }

    private FieldSelector union(Set<String> wanted) {
        FieldSelector known = parsed.get(wanted);
        if (known != null) {
            return known;
        }
        FieldSelector union = FieldSelector.parse(String.join(",", new TreeSet<>(wanted)));
        if (parsed.size() < PARSED_MAX) {
            parsed.put(Set.copyOf(wanted), union);
        }
        return union;
    }
}
