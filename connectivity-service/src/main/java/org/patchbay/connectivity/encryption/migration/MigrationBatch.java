package org.patchbay.connectivity.encryption.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.cluster.store.StoredDocuments.Position;
import org.patchbay.cluster.store.StoredDocuments.StoredDocument;
import org.patchbay.connectivity.encryption.ConnectionEncryption;
import org.patchbay.connectivity.encryption.ConnectionEncryption.Rewritten;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a page of documents and rewrites those that need it, one after the other, until there
 * are as many as a batch has. To do it again changes nothing.
 */
final class MigrationBatch {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationBatch.class);

    /** Most documents of a second migration are right already and cost no more than being read. */
    private static final int PAGE = 100;

    /**
     * @param last the last document that was looked at, null where there was none
     * @param end whether none is left
     */
    record Result(@Nullable Position last, Counts counts, boolean end) {}

    /**
     * @param payload what is to become of the document, null where it stays as it is
     * @param opened whether all that is encrypted in it could be opened
     */
    private record Change(StoredDocument document, @Nullable String payload, boolean opened) {}

    private final StoredDocuments documents;
    private final ConnectionEncryption encryption;
    private final int size;

    MigrationBatch(StoredDocuments documents, ConnectionEncryption encryption, int size) {
        this.documents = documents;
        this.encryption = encryption;
        this.size = size;
    }

    /**
     * @param dryRun counts and changes nothing
     */
    CompletionStage<Result> run(MigrationPhase phase, @Nullable Position after, boolean dryRun) {
        String prefix = EntityKind.CONNECTION.persistenceId("");
        int limit = Math.max(PAGE, size);
        return documents
                .documentsAfter(phase.part(), prefix, after, limit)
                .thenCompose(page -> migrate(page, limit, dryRun));
    }

    private CompletionStage<Result> migrate(List<StoredDocument> page, int limit, boolean dryRun) {
        List<Change> changes = new ArrayList<>();
        int written = 0;
        for (int i = 0; i < page.size() && written < size; i++) {
            Change change = change(page.get(i));
            changes.add(change);
            written += change.payload() == null ? 0 : 1;
        }
        Position last = changes.isEmpty() ? null : changes.getLast().document().position();
        boolean end = changes.size() == page.size() && page.size() < limit;
        CompletionStage<Counts> counts = CompletableFuture.completedFuture(Counts.NONE);
        for (Change change : changes) {
            counts = counts.thenCompose(before -> carryOut(change, dryRun).thenApply(before::plus));
        }
        return counts.thenApply(all -> new Result(last, all, end));
    }

    private Change change(StoredDocument document) {
        JsonNode json;
        try {
            json = Json.parse(document.payload());
        } catch (ProblemException e) {
            failed(document, "it is no JSON");
            return new Change(document, null, false);
        }
        Rewritten rewritten = encryption.rewrite(json);
        boolean opened = rewritten.unopened().isEmpty();
        if (!opened) {
            failed(document, "no configured key opens " + String.join(", ", rewritten.unopened()));
        }
        boolean same = rewritten.json().equals(json);
        return new Change(document, same ? null : Json.write(rewritten.json()), opened);
    }

    private CompletionStage<Counts> carryOut(Change change, boolean dryRun) {
        String payload = change.payload();
        Counts counts = change.opened() ? Counts.PROCESSED : Counts.FAILED;
        if (payload == null) {
            return CompletableFuture.completedFuture(
                    change.opened() ? Counts.SKIPPED : Counts.FAILED);
        }
        // What has changed meanwhile was written by a node that writes with the current key.
        return dryRun
                ? CompletableFuture.completedFuture(counts)
                : documents
                        .replacePayload(change.document(), payload)
                        .thenApply(replaced -> replaced ? counts : Counts.SKIPPED);
    }

    private static void failed(StoredDocument document, String why) {
        LOG.atWarn()
                .addKeyValue("document", document)
                .addKeyValue("reason", why)
                .log("A stored document can't be migrated.");
    }
}
