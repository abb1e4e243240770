package org.patchbay.cluster.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.wire.SignalJson;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
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
                        BusVocabulary::readPublication));
    }

    private static JsonNode writePublication(Publication publication, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("signal", SignalJson.write(publication.signal()));
        json.set("readers", publication.readers().toWire(Resource.of(publication.signal())));
        if (publication.extra() != null) {
            json.set("extra", publication.extra());
        }
        if (publication.origin() != null) {
            json.put("origin", publication.origin());
        }
        if (publication.acknowledgements() != null) {
            json.put("acknowledgements", context.writeRef(publication.acknowledgements()));
        }
        return json;
    }

    private static Publication readPublication(JsonNode json, WireContext context) {
        String acknowledgements = textOrNull(json.get("acknowledgements"));
        return new Publication(
                SignalJson.read(json.required("signal")),
                PolicyView.fromWire(json.required("readers")),
                json.get("extra"),
                textOrNull(json.get("origin")),
                acknowledgements == null ? null : context.readRef(acknowledgements));
    }

    private static @Nullable String textOrNull(@Nullable JsonNode json) {
        return json == null ? null : json.textValue();
    }
}
