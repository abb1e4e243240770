package org.patchbay.connectivity.encryption.migration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.store.StoredDocuments.Position;
import org.patchbay.connectivity.encryption.migration.MigrationState.Known;
import org.patchbay.connectivity.encryption.migration.MigrationState.Progress;
import org.patchbay.connectivity.encryption.migration.MigrationState.Running;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Report;

/** The migration's answers as an operator gets them, all but their type. */
final class MigrationReport {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private MigrationReport() {}

    static Report started(Progress progress, boolean dryRun, boolean resumed) {
        return start(ACCEPTED, progress.phase().wireName(), dryRun, resumed, progress.startedAt());
    }

    static Report nothingToResume(MigrationState state, Instant now) {
        Instant startedAt = state instanceof Known known ? known.progress().startedAt() : now;
        return start(OK, "already_completed", false, true, startedAt);
    }

    private static Report start(
            int status, String phase, boolean dryRun, boolean resumed, Instant startedAt) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", status);
        json.put("phase", phase);
        json.put("dryRun", dryRun);
        json.put("resumed", resumed);
        json.put("startedAt", startedAt.toString());
        return new Report(json);
    }

    /**
     * @param dryRun whether this is about a dry run, which is not remembered
     */
    static Report status(MigrationState state, boolean dryRun) {
        Progress progress = state instanceof Known known ? known.progress() : null;
        ObjectNode json = counted(state, progress);
        ObjectNode at = json.putObject("progress");
        put(at, "Snapshot", progress == null ? null : progress.snapshot());
        put(at, "Journal", progress == null ? null : progress.event());
        ObjectNode timing = json.putObject("timing");
        timing.put("startedAt", progress == null ? null : progress.startedAt().toString());
        timing.put("updatedAt", progress == null ? null : progress.updatedAt().toString());
        json.put("migrationActive", state instanceof Running);
        json.put("dryRun", dryRun);
        return new Report(json);
    }

    static Report aborted(MigrationState.Aborted state) {
        ObjectNode json = counted(state, state.progress());
        json.put("abortedAt", state.progress().updatedAt().toString());
        return new Report(json);
    }

    private static ObjectNode counted(MigrationState state, @Nullable Progress progress) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", OK);
        json.put("phase", MigrationRules.phase(state));
        put(json.putObject("snapshots"), progress == null ? Counts.NONE : progress.snapshots());
        put(json.putObject("journalEvents"), progress == null ? Counts.NONE : progress.events());
        return json;
    }

    private static void put(ObjectNode json, Counts counts) {
        json.put("processed", counts.processed());
        json.put("skipped", counts.skipped());
        json.put("failed", counts.failed());
    }

    private static void put(ObjectNode json, String what, @Nullable Position last) {
        json.put(
                "lastProcessed" + what + "Id",
                last == null ? null : last.persistenceId() + "#" + last.sequenceNr());
        json.put("lastProcessed" + what + "Pid", last == null ? null : last.persistenceId());
    }
}
