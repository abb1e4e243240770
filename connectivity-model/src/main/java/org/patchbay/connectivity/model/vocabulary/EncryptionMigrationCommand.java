package org.patchbay.connectivity.model.vocabulary;

/**
 * What one can tell the singleton {@code encryptionMigration}. It answers {@link
 * ConnectionReply.Report} with all of the response but its {@code type}, its {@code status} among
 * it, or {@link ConnectionReply.Failed}.
 */
public sealed interface EncryptionMigrationCommand {

    /**
     * Rewrites what is stored so that it is encrypted as configured now.
     *
     * @param dryRun counts, changes nothing
     * @param resume goes on where the last migration was aborted, instead of starting anew
     */
    record Migrate(boolean dryRun, boolean resume) implements EncryptionMigrationCommand {}

    record RetrieveStatus() implements EncryptionMigrationCommand {}

    /** Ends a migration that runs, after the documents that it is at. */
    record Abort() implements EncryptionMigrationCommand {}
}
