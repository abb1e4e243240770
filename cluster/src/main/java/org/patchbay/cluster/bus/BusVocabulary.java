package org.patchbay.cluster.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.NodeInterest.Row;
import org.patchbay.cluster.wire.SignalJson;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.policy.PolicyView;

/** What nodes tell each other about signals and who wants them. */
public final class BusVocabulary implements WireVocabulary {

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(
                        "bus.publication",
                        Publication.class,
                        BusVocabulary::writePublication,
                        BusVocabulary::readPublication),
                new WireType<>(
                        "bus.wants",
                        BusMessage.Wants.class,
                        BusVocabulary::writeWants,
                        BusVocabulary::readWants),
                new WireType<>(
                        "bus.knows",
                        BusMessage.Knows.class,
                        BusVocabulary::writeKnows,
                        BusVocabulary::readKnows));
    }

    private static JsonNode writePublication(Publication publication, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("signal", SignalJson.write(publication.signal()));
        json.set("readers", readers(publication));
        if (publication.extra() != null) {
            json.set("extra", publication.extra());
        }
        if (publication.attached() != null) {
            write(json.putArray("attached"), publication.attached());
        }
        if (publication.origin() != null) {
            json.put("origin", publication.origin());
        }
        if (publication.acknowledgements() != null) {
            json.put("acknowledgements", context.writeRef(publication.acknowledgements()));
        }
        return json;
    }

    /** The rows that decide about the signal and about what is attached to it. */
    private static JsonNode readers(Publication publication) {
        PolicyView all = publication.readers();
        JsonNode rows = all.toWire(Readers.resource(publication.signal()));
        if (publication.extra() == null || !publication.extra().has(Readers.POLICY_FIELD)) {
            return rows;
        }
        ObjectNode both = rows.deepCopy();
        both.setAll((ObjectNode) all.toWire(Readers.POLICY));
        return both;
    }

    private static Publication readPublication(JsonNode json, WireContext context) {
        String acknowledgements = textOrNull(json.get("acknowledgements"));
        return new Publication(
                SignalJson.read(json.required("signal")),
                PolicyView.fromWire(json.required("readers")),
                json.get("extra"),
                json.has("attached") ? readTexts(json.get("attached")) : null,
                textOrNull(json.get("origin")),
                acknowledgements == null ? null : context.readRef(acknowledgements));
    }

    private static JsonNode writeWants(BusMessage.Wants wants, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("node", context.writeRef(wants.node()));
        json.put("version", wants.version());
        ArrayNode rows = json.putArray("rows");
        for (Row row : wants.interest().rows()) {
            ObjectNode to = rows.addObject();
            to.put("kind", row.kind().topic());
            write(to.putArray("namespaces"), row.namespaces());
            write(to.putArray("subjects"), row.subjects());
            write(to.putArray("extraFields"), row.extraFields());
        }
        write(json.putArray("labels"), wants.interest().labels());
        return json;
    }

    private static BusMessage.Wants readWants(JsonNode json, WireContext context) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : json.required("rows")) {
            SignalKind kind = SignalKind.ofTopic(row.required("kind").textValue());
            if (kind != null) {
                // A kind that only newer nodes know is nothing that this node could publish.
                rows.add(
                        new Row(
                                kind,
                                readTexts(row.required("namespaces")),
                                readTexts(row.required("subjects")),
                                readTexts(row.required("extraFields"))));
            }
        }
        return new BusMessage.Wants(
                context.readRef(json.required("node").textValue()),
                json.required("version").longValue(),
                new NodeInterest(rows, readTexts(json.path("labels"))));
    }

    private static JsonNode writeKnows(BusMessage.Knows knows, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("node", context.writeRef(knows.node()));
        json.put("version", knows.version());
        return json;
    }

    private static BusMessage.Knows readKnows(JsonNode json, WireContext context) {
        return new BusMessage.Knows(
                context.readRef(json.required("node").textValue()),
                json.required("version").longValue());
    }

    private static void write(ArrayNode to, Set<String> texts) {
        texts.stream().sorted().forEach(to::add);
    }

    private static Set<String> readTexts(JsonNode json) {
        Set<String> texts = new HashSet<>();
        json.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static @Nullable String textOrNull(@Nullable JsonNode json) {
        return json == null ? null : json.textValue();
    }
}
