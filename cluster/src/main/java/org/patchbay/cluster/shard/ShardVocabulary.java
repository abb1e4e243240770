package org.patchbay.cluster.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;

/** Asks of entities on the wire. */
public final class ShardVocabulary implements WireVocabulary {

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>("ask", Ask.class, ShardVocabulary::write, ShardVocabulary::read));
    }

    private static JsonNode write(Ask ask, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("command", context.writeAny(ask.command()));
        json.put("replyTo", context.writeRef(ask.replyTo()));
        return json;
    }

    private static Ask read(JsonNode json, WireContext context) {
        return new Ask(
                Objects.requireNonNull(context.readAny(json.required("command"))),
                context.readRef(json.required("replyTo").textValue()));
    }
}
