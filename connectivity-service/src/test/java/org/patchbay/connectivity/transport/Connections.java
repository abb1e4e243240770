package org.patchbay.connectivity.transport;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Target;

/** Connections as the tests of transports need them. */
public final class Connections {

    private Connections() {}

    public static Connection of(
            String id,
            ConnectionType type,
            String uri,
            Map<String, String> specificConfig,
            List<Source> sources,
            List<Target> targets) {
        return new Connection(
                id,
                null,
                type,
                ConnectionStatus.OPEN,
                ConnectionUri.parse(uri),
                sources,
                targets,
                null,
                1,
                true,
                true,
                1,
                specificConfig,
                Map.of(),
                List.of(),
                null,
                null);
    }

    /**
     * @param qos null where the type has none
     */
    public static Source source(@Nullable Integer qos, List<String> addresses) {
        return new Source(
                addresses,
                1,
                qos,
                List.of("test:device"),
                null,
                Map.of(),
                List.of(),
                null,
                List.of(),
                new Source.ReplyTarget("", Map.of(), List.of(), false));
    }
}
