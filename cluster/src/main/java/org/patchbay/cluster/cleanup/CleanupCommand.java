package org.patchbay.cluster.cleanup;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one can ask the clean-up of a service; every one is answered with a {@link CleanupReply}.
 */
public sealed interface CleanupCommand {

    /** Asks for the settings in force; {@code common.commands:retrieveConfig}. */
    record RetrieveConfig() implements CleanupCommand {}

    /**
     * Changes settings until the singleton moves or its node ends; {@code
     * common.commands:modifyConfig}. What is under way is given up and starts anew.
     *
     * @param config the settings to change under their names in the configuration, and {@code
     *     last-pid}: where the next pass starts
     */
    record ModifyConfig(ObjectNode config) implements CleanupCommand {}

    /** Asks what it is doing; {@code status.commands:retrieveHealth}. */
    record RetrieveHealth() implements CleanupCommand {}

    /** Starts a new pass after the quiet period; {@code common.commands:shutdown}. */
    record Restart() implements CleanupCommand {}

    /**
     * Cleans up one entity now, without waiting for credits; {@code
     * cleanup.sudo.commands:cleanupPersistence}.
     *
     * @param entityId without the kind in front
     */
    record CleanUp(String entityId) implements CleanupCommand {}
}
