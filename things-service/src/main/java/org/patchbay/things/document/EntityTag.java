package org.patchbay.things.document;

import com.fasterxml.jackson.databind.JsonNode;

/** Entity tags: the revision for a whole document, a hash for a part of it. */
public final class EntityTag {

    private EntityTag() {}

    public static String ofRevision(long revision) {
        return "\"rev:" + revision + "\"";
    }

    public static String ofPart(JsonNode value) {
        return "\"hash:" + Integer.toHexString(value.hashCode()) + "\"";
    }
}
