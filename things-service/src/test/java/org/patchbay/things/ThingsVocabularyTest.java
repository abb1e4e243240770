package org.patchbay.things;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Document;
import org.patchbay.things.enforcement.PolicyCache;
import org.patchbay.things.enforcement.PolicyLookup;

class ThingsVocabularyTest implements WireContract {

    private static final Instant TIME = Instant.parse("2026-08-01T10:00:00.123456Z");

    @Override
    public WireVocabulary vocabulary() {
        return new ThingsVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        ObjectNode thing =
                (ObjectNode)
                        Json.parse(
                                """
                                {"thingId": "org.example:a", "policyId": "org.example:p", "attributes": {"x": 1.50}}\
                                """);
        return List.of(
                new Change(
                        Change.Action.MODIFIED,
                        JsonPointer.parse("/attributes/a~1b"),
                        Json.parse("{\"x\": 1, \"none\": null}"),
                        7,
                        TIME,
                        Headers.of(Map.of("correlation-id", "c-1"))),
                new Change(Change.Action.DELETED, JsonPointer.ROOT, null, 8, TIME, Headers.EMPTY),
                new Change(
                        Change.Action.MERGED,
                        JsonPointer.parse("/attributes"),
                        NullNode.getInstance(),
                        9,
                        TIME,
                        Headers.EMPTY),
                Document.ABSENT,
                new Document.Active(thing, 7, TIME.minusSeconds(60), TIME),
                new Document.Deleted(8, TIME),
                new PolicyLookup(refs.ref("cache")),
                new PolicyLookup.Found(Json.parse("{\"entries\": {}}"), 3),
                new PolicyLookup.Found(null, 0),
                new PolicyCache.Changed("org.example:p", 4, refs.ref("entity")),
                new PolicyCache.Forgotten("org.example:p", 4));
    }
}
