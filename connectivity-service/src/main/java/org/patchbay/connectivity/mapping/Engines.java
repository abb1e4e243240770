package org.patchbay.connectivity.mapping;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.OwnMappers.Own;
import org.patchbay.connectivity.mapping.javascript.JavaScriptMapper;
import org.patchbay.connectivity.mapping.mappers.CloudEventsMapper;
import org.patchbay.connectivity.mapping.mappers.ConnectionStatusMapper;
import org.patchbay.connectivity.mapping.mappers.DittoMapper;
import org.patchbay.connectivity.mapping.mappers.ImplicitThingCreationMapper;
import org.patchbay.connectivity.mapping.mappers.NormalizedMapper;
import org.patchbay.connectivity.mapping.mappers.RawMessageMapper;
import org.patchbay.connectivity.mapping.mappers.UpdateTwinWithLiveResponseMapper;

/**
 * Every engine under the name that definitions use, which is also the id of a mapper without
 * options: the one place where all mappers are known.
 */
final class Engines {

    /** Content types that a Hono gateway sends without a payload worth mapping. */
    private static final Set<String> WITHOUT_PAYLOAD =
            Set.of(
                    "application/vnd.eclipse-hono-dc-notification+json",
                    "application/vnd.eclipse-hono-empty-notification");

    private static final Map<String, Engine> BUILT_IN =
            Map.of(
                    "Ditto", Engine.quick(_ -> new DittoMapper(), WITHOUT_PAYLOAD),
                    "JavaScript", new Engine(JavaScriptMapper::of, Set.of(), true),
                    "Normalized", Engine.quick(NormalizedMapper::of, Set.of()),
                    "ConnectionStatus", Engine.quick(ConnectionStatusMapper::of, Set.of()),
                    "RawMessage", Engine.quick(RawMessageMapper::of, WITHOUT_PAYLOAD),
                    "ImplicitThingCreation",
                            Engine.quick(ImplicitThingCreationMapper::of, Set.of()),
                    "UpdateTwinWithLiveResponse",
                            Engine.quick(UpdateTwinWithLiveResponseMapper::of, Set.of()),
                    "CloudEvents", Engine.quick(_ -> new CloudEventsMapper(), WITHOUT_PAYLOAD));

    private final Map<String, Engine> byName;

    private Engines(Map<String, Engine> byName) {
        this.byName = byName;
    }

    /**
     * Those that are always there and those of others.
     *
     * @throws IllegalArgumentException where two have the same name
     */
    static Engines with(List<Own> others) {
        Map<String, Engine> all = new TreeMap<>(BUILT_IN);
        for (Own own : others) {
            String name = own.provider().engine();
            if (BUILT_IN.containsKey(name)) {
                throw new IllegalArgumentException(
                        own
                                + " brings a mapper called '"
                                + name
                                + "', and one of that name is always there: its engine() has to"
                                + " give another name.");
            }
            if (all.putIfAbsent(name, Engine.of(own.provider())) != null) {
                throw new IllegalArgumentException(
                        "Two mappers are called '"
                                + name
                                + "', one of which is that of "
                                + own
                                + ": remove one of their jars.");
            }
        }
        return new Engines(Collections.unmodifiableMap(all));
    }

    @Nullable Engine get(String name) {
        return byName.get(name);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    Set<String> names() {
        return byName.keySet();
    }
}
