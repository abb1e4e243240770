package org.patchbay.connectivity.encryption.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.store.StoredDocuments.Position;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Advanced;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Resumed;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Started;
import org.patchbay.connectivity.encryption.migration.MigrationState.Completed;
import org.patchbay.connectivity.encryption.migration.MigrationState.Known;
import org.patchbay.connectivity.encryption.migration.MigrationState.Progress;
import org.patchbay.connectivity.encryption.migration.MigrationState.Running;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Abort;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.RetrieveStatus;

/** What is sent to the migration, and what it stores. */
public final class MigrationVocabulary implements WireVocabulary {

    private static final String COMMAND = "encryption.migration.command.";
    private static final String EVENT = "encryption.migration.";
    private static final String STATE = "encryption.migration.state.";

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(
                        COMMAND + "migrate",
                        Migrate.class,
                        (migrate, _) ->
                                object().put("dryRun", migrate.dryRun())
                                        .put("resume", migrate.resume()),
                        (json, _) ->
                                new Migrate(
                                        json.required("dryRun").booleanValue(),
                                        json.required("resume").booleanValue())),
                empty(COMMAND + "retrieve-status", RetrieveStatus.class, RetrieveStatus::new),
                empty(COMMAND + "abort", Abort.class, Abort::new),
                new WireType<>(
                        EVENT + "started",
                        Started.class,
                        (event, _) -> at(event.at()).put("target", event.target()),
                        (json, _) ->
                                new Started(json.required("target").textValue(), time(json, "at"))),
                new WireType<>(
                        EVENT + "resumed",
                        Resumed.class,
                        (event, _) -> at(event.at()),
                        (json, _) -> new Resumed(time(json, "at"))),
                new WireType<>(
                        EVENT + "advanced",
                        Advanced.class,
                        (event, _) -> writeAdvanced(event),
                        (json, _) -> readAdvanced(json)),
                new WireType<>(
                        EVENT + "aborted",
                        MigrationEvent.Aborted.class,
                        (event, _) -> at(event.at()),
                        (json, _) -> new MigrationEvent.Aborted(time(json, "at"))),
                state("running", Running.class, Running::new),
                state("aborted", MigrationState.Aborted.class, MigrationState.Aborted::new),
                state("completed", Completed.class, Completed::new));
    }

    private static <T> WireType<T> empty(String name, Class<T> type, Supplier<T> make) {
        return new WireType<>(name, type, (_, _) -> object(), (_, _) -> make.get());
    }

    private static <T extends Known> WireType<T> state(
            String name, Class<T> type, Function<Progress, T> make) {
        return new WireType<>(
                STATE + name,
                type,
                (state, _) -> writeProgress(state.progress()),
                (json, _) -> make.apply(readProgress(json)));
    }

    private static ObjectNode writeAdvanced(Advanced event) {
        ObjectNode json = at(event.at());
        json.put("phase", event.phase().wireName());
        json.set("last", position(event.last()));
        json.set("counted", counts(event.counted()));
        json.put("end", event.end());
        return json;
    }

    private static Advanced readAdvanced(JsonNode json) {
        return new Advanced(
                MigrationPhase.named(json.required("phase").textValue()),
                readPosition(json.get("last")),
                readCounts(json.required("counted")),
                json.required("end").booleanValue(),
                time(json, "at"));
    }

    private static ObjectNode writeProgress(Progress progress) {
        ObjectNode json = object();
        json.put("target", progress.target());
        json.put("phase", progress.phase().wireName());
        json.set("snapshot", position(progress.snapshot()));
        json.set("event", position(progress.event()));
        json.set("snapshots", counts(progress.snapshots()));
        json.set("events", counts(progress.events()));
        json.put("startedAt", progress.startedAt().toString());
        json.put("updatedAt", progress.updatedAt().toString());
        return json;
    }

    private static Progress readProgress(JsonNode json) {
        return new Progress(
                json.required("target").textValue(),
                MigrationPhase.named(json.required("phase").textValue()),
                readPosition(json.get("snapshot")),
                readPosition(json.get("event")),
                readCounts(json.required("snapshots")),
                readCounts(json.required("events")),
                time(json, "startedAt"),
                time(json, "updatedAt"));
    }

    private static @Nullable ObjectNode position(@Nullable Position position) {
        return position == null
                ? null
                : object().put("persistenceId", position.persistenceId())
                        .put("sequenceNr", position.sequenceNr());
    }

    private static @Nullable Position readPosition(@Nullable JsonNode json) {
        return json == null || json.isNull()
                ? null
                : new Position(
                        json.required("persistenceId").textValue(),
                        json.required("sequenceNr").longValue());
    }

    private static ObjectNode counts(Counts counts) {
        return object().put("processed", counts.processed())
                .put("skipped", counts.skipped())
                .put("failed", counts.failed());
    }

    private static Counts readCounts(JsonNode json) {
        return new Counts(
                json.required("processed").longValue(),
                json.required("skipped").longValue(),
                json.required("failed").longValue());
    }

    private static ObjectNode at(Instant time) {
        return object().put("at", time.toString());
    }

    private static Instant time(JsonNode json, String field) {
        return Instant.parse(json.required(field).textValue());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
