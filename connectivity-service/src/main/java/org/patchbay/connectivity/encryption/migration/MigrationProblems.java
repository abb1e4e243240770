package org.patchbay.connectivity.encryption.migration;

import org.patchbay.protocol.Problem;

/** What the migration refuses. */
final class MigrationProblems {

    private static final String CONFLICT = "connectivity:encryption.migration.conflict";

    private MigrationProblems() {}

    static Problem runs() {
        return Problem.of(409, CONFLICT, "A migration is running already.")
                .describedBy("Wait until it has completed, or abort it.");
    }

    static Problem runsNot() {
        return Problem.of(409, CONFLICT, "No migration is running.")
                .describedBy("Ask for the status to see what became of the last one.");
    }
}
