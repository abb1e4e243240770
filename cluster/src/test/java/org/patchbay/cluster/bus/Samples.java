package org.patchbay.cluster.bus;

import java.time.Instant;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** Signals and policies for the tests of the bus. */
final class Samples {

    private Samples() {}

    static Signal event(String namespace, String name, long revision) {
        return Signal.event(
                TopicPath.parse(namespace + "/" + name + "/things/twin/events/modified"),
                JsonPointer.parse("/attributes/temp"),
                Headers.EMPTY,
                Json.parse("23.42"),
                revision,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    static Signal message(String namespace, String name, String subject) {
        return Signal.command(
                TopicPath.parse(namespace + "/" + name + "/things/live/messages/" + subject),
                JsonPointer.parse("/inbox/messages/" + subject),
                Headers.EMPTY,
                Json.parse("\"hi\""));
    }

    /** Who may read the whole thing and its messages. */
    static PolicyView readableBy(String subject) {
        return readableBy(subject, "thing:/", "message:/");
    }

    static PolicyView readableBy(String subject, String... resources) {
        StringBuilder rows = new StringBuilder();
        for (String resource : resources) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append("\"%s\":{\"grant\":[\"READ\"],\"revoke\":[]}".formatted(resource));
        }
        return PolicyView.of(
                Json.parse(
                        "{\"entries\":{\"e\":{\"subjects\":{\"%s\":{\"type\":\"t\"}},\"resources\":{%s}}}}"
                                .formatted(subject, rows)));
    }

    static Publication publish(Signal signal, PolicyView readers) {
        return new Publication(signal, readers, null, null, null);
    }
}
