package org.patchbay.cluster.bus;

import java.util.List;
import java.util.Set;
import org.patchbay.cluster.bus.NodeInterest.Row;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.json.Json;

class BusVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new BusVocabulary();
    }

    @Override
    public boolean hasEquals(Object sample) {
        return !(sample instanceof Publication);
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(
                new Publication(
                        Samples.event("org.acme", "boiler", 1),
                        Samples.readableBy("nginx:ditto"),
                        Json.parse("{\"attributes\":{\"location\":\"cellar\"}}"),
                        "connection-1",
                        refs.ref("aggregator")),
                new Publication(
                        Samples.message("org.acme", "boiler", "hello"),
                        Samples.readableBy("nginx:ditto"),
                        null,
                        null,
                        null),
                new Publication(
                        Samples.event("org.acme", "boiler", 1),
                        Samples.readableBy("nginx:ditto"),
                        Json.parse("{}"),
                        Set.of("attributes/location"),
                        null,
                        null),
                new BusMessage.Wants(
                        refs.ref("bus"),
                        7,
                        new NodeInterest(
                                List.of(
                                        new Row(
                                                SignalKind.TWIN_EVENTS,
                                                Set.of("org.acme"),
                                                Set.of("nginx:ditto", "nginx:other"),
                                                Set.of("attributes/location")),
                                        new Row(
                                                SignalKind.LIVE_MESSAGES,
                                                Set.of(),
                                                Set.of(),
                                                Set.of())),
                                Set.of("alarms:stored"))),
                new BusMessage.Knows(refs.ref("bus"), 7));
    }
}
