package org.patchbay.cluster.wire;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pekko's serialization bindings for all wire types, so that records need no marker of Pekko's or
 * ours.
 */
public final class WireBindings {

    private static final String SERIALIZER = "patchbay-wire";

    private WireBindings() {}

    /** To be put in front of the configuration of every actor system, see {@code Node}. */
    public static Config config() {
        Map<String, Object> bindings = new TreeMap<>();
        for (WireType<?> type : WireTypes.onClassPath().all()) {
            bindings.put('"' + type.type().getName() + '"', SERIALIZER);
        }
        return ConfigFactory.parseMap(bindings, "worked out from the wire vocabularies")
                .atPath("pekko.actor.serialization-bindings");
    }
}
