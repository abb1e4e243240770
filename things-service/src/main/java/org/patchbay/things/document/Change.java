package org.patchbay.things.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

/**
 * What happened to a document: the stored event, which holds only what changed.
 *
 * @param path where it changed, in the document as it is stored
 * @param value the new value or the merge patch; null where something was deleted
 * @param headers those of the command that are worth keeping
 */
public record Change(
        Action action,
        JsonPointer path,
        @Nullable JsonNode value,
        long revision,
        Instant timestamp,
        Headers headers) {

    /** How it changed; in lower case it is the action of the event's topic. */
    public enum Action {
        CREATED,
        MODIFIED,
        MERGED,
        DELETED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
