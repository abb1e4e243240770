package org.patchbay.things.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.document.Document;

/**
 * When subjects of policies end.
 *
 * @param granularity to what an expiry is rounded up
 */
record PolicyExpiry(Instant now, Duration granularity) {

    private static final Pattern PERIOD = Pattern.compile("\\d+(ms|s|m|h)?");

    /** A subject that ends. */
    record Ending(JsonPointer subject, Instant at) {}

    /** An expiry as it is stored; one that is no time or lies in the past is a problem. */
    JsonNode rounded(JsonNode expiry) {
        Instant at;
        try {
            at = OffsetDateTime.parse(expiry.asText()).toInstant();
        } catch (DateTimeException e) {
            throw PolicyProblems.expiryInvalid(expiry.asText(), "it is no ISO 8601 time")
                    .asException();
        }
        if (at.isBefore(now)) {
            throw PolicyProblems.expiryInvalid(expiry.asText(), "it lies in the past")
                    .asException();
        }
        long step = Math.max(1, granularity.toMillis());
        long millis = Math.ceilDiv(at.toEpochMilli(), step) * step;
        return TextNode.valueOf(Instant.ofEpochMilli(millis).toString());
    }

    /** Checks the wishes for announcements of a subject's end. */
    static JsonNode announcement(JsonNode announcement) {
        boolean ok = announcement.isObject();
        if (announcement.hasNonNull("beforeExpiry")) {
            ok &= PERIOD.matcher(announcement.get("beforeExpiry").asText()).matches();
        }
        if (!ok) {
            throw PolicyProblems.announcementInvalid().asException();
        }
        return announcement;
    }

    /** The subjects of a policy that end. */
    static List<Ending> endings(Document.Active policy) {
        List<Ending> endings = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : policy.json().path("entries").properties()) {
            for (Map.Entry<String, JsonNode> subject :
                    entry.getValue().path("subjects").properties()) {
                JsonNode expiry = subject.getValue().get("expiry");
                if (expiry != null) {
                    endings.add(
                            new Ending(
                                    JsonPointer.of(
                                            "entries",
                                            entry.getKey(),
                                            "subjects",
                                            subject.getKey()),
                                    Instant.parse(expiry.asText())));
                }
            }
        }
        return endings;
    }

    /** The subject that ends first. */
    static Optional<Ending> first(Document state) {
        Stream<Ending> endings =
                state instanceof Document.Active policy ? endings(policy).stream() : Stream.empty();
        return endings.min(Comparator.comparing(Ending::at));
    }
}
