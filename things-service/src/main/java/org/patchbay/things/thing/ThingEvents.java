package org.patchbay.things.thing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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
import org.patchbay.things.thing.rules.ThingFields;

/** Tells the subscribers what happened to things, with the extra fields that they want. */
public final class ThingEvents {

    /**
     * As many sets of extra fields as there are kinds of subscribers; more are parsed each time.
     */
    private static final int PARSED_MAX = 1_000;

    private final SignalBus bus;
    private final ConcurrentHashMap<Set<String>, FieldSelector> parsed = new ConcurrentHashMap<>();

    public ThingEvents(SignalBus bus) {
        this.bus = bus;
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
        SearchAcks.refuse(request, event);
    }

    /**
     * Publishes a signal.
     *
     * @param thing as it is after the signal, or as it was last
     */
    void publish(SignalRequest request, Signal signal, PolicyView readers, Document thing) {
        Set<String> wanted = bus.wantedExtraFields(signal);
        boolean enriched = !wanted.isEmpty() && thing instanceof Document.Active;
        bus.publish(
                new Publication(
                        signal,
                        readers,
                        enriched ? extra(wanted, signal, readers, (Document.Active) thing) : null,
                        enriched ? wanted : null,
                        request.origin(),
                        request.acknowledgements()));
    }

    private JsonNode extra(
            Set<String> wanted, Signal signal, PolicyView readers, Document.Active thing) {
        long revision = signal.revision() == null ? thing.revision() : signal.revision();
        FieldSelector fields = union(wanted);
        JsonNode policy = ThingFields.wantsPolicy(fields) ? readers.document() : null;
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
