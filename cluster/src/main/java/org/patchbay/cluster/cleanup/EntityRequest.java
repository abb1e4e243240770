package org.patchbay.cluster.cleanup;

/** What clean-up asks of an entity itself, because only the entity can do it safely. */
public sealed interface EntityRequest {

    /**
     * Asks for a snapshot of the present state, unless there is one; answered with {@link
     * SnapshotTaken}.
     */
    record TakeSnapshot() implements EntityRequest {}

    /**
     * Asks a deleted entity to erase all that is stored of it, so that its revision starts anew;
     * answered with {@link Forgotten}.
     *
     * @param sequenceNr what is refused unless it is the entity's last one: it lives again
     */
    record Forget(long sequenceNr) implements EntityRequest {}

    record SnapshotTaken(long sequenceNr) {}

    record Forgotten(boolean done) {}
}
