package org.patchbay.protocol.rql;

import org.patchbay.protocol.json.JsonPointer;

/** What an expression asks for, read once. */
public sealed interface Property {

    /** A field of the document: {@code attributes/x}, {@code thingId}. */
    record Field(JsonPointer pointer) implements Property {}

    /** What a signal says of itself: {@code topic:action}, {@code resource:path}. */
    record Placeholder(String family, String name) implements Property {}
}
