package org.patchbay.connectivity.path.outbound;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** What a connection tells its own targets about itself. */
enum ConnectionAnnouncement {
    OPENED("openedAt"),
    CLOSED("closedAt");

    private final String when;

    ConnectionAnnouncement(String when) {
        this.when = when;
    }

    Publication of(String connectionId, Instant at) {
        TopicPath topic =
                new TopicPath(
                        "_",
                        connectionId,
                        Group.CONNECTIONS,
                        Channel.NONE,
                        Criterion.ANNOUNCEMENTS,
                        name().toLowerCase(Locale.ROOT));
        Headers headers =
                Headers.of(
                        Map.of(
                                HeaderDefinition.CONTENT_TYPE,
                                "application/json",
                                HeaderDefinition.CORRELATION_ID,
                                UUID.randomUUID().toString()));
        Signal signal =
                Signal.command(
                        topic,
                        JsonPointer.ROOT,
                        headers,
                        JsonNodeFactory.instance.objectNode().put(when, at.toString()));
        return new Publication(signal, PolicyView.NOTHING, null, null, null);
    }
}
