package org.patchbay.connectivity.connection.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.model.dryrun.DryRunJson;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Created;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Deleted;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Done;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Failed;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.MappingTested;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Modified;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Report;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Retrieved;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Stored;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Tested;
import org.patchbay.protocol.Problem;

/** Replies of connections between nodes. */
public final class ReplyVocabulary implements WireVocabulary {

    private static final String NAME = "connection.reply.";

    @Override
    public List<WireType<?>> types() {
        return List.of(
                stored(NAME + "created", Created.class, Created::stored, Created::new),
                WireForms.revision(
                        NAME + "modified", Modified.class, Modified::revision, Modified::new),
                WireForms.revision(
                        NAME + "deleted", Deleted.class, Deleted::revision, Deleted::new),
                WireForms.empty(NAME + "done", Done.class, Done::new),
                stored(NAME + "retrieved", Retrieved.class, Retrieved::stored, Retrieved::new),
                new WireType<>(
                        NAME + "report",
                        Report.class,
                        (report, _) -> report.json(),
                        (json, _) -> new Report((ObjectNode) json)),
                new WireType<>(
                        NAME + "tested",
                        Tested.class,
                        ReplyVocabulary::writeTested,
                        ReplyVocabulary::readTested),
                new WireType<>(
                        NAME + "mapping-tested",
                        MappingTested.class,
                        (tested, _) ->
                                WireForms.object()
                                        .put("status", tested.status())
                                        .set("json", tested.json()),
                        (json, _) ->
                                new MappingTested(
                                        json.required("status").intValue(),
                                        (ObjectNode) json.required("json"))),
                new WireType<>(
                        NAME + "failed",
                        Failed.class,
                        ReplyVocabulary::writeFailed,
                        ReplyVocabulary::readFailed));
    }

    private static ObjectNode writeFailed(Failed failed, WireContext context) {
        ObjectNode json = WireForms.object();
        json.set("problem", context.writeAny(failed.problem()));
        WireForms.putNumber(json, "revision", failed.revision());
        return json;
    }

    private static Failed readFailed(JsonNode json, WireContext context) {
        Object problem = context.readAny(json.required("problem"));
        return new Failed(
                (Problem) Objects.requireNonNull(problem),
                WireForms.readNumberOrNull(json, "revision"));
    }

    private static ObjectNode writeTested(Tested tested, WireContext context) {
        ObjectNode json = WireForms.object();
        DryRunJson.writeLayers(json, tested.report());
        if (tested.report().problem() != null) {
            json.set("problem", context.writeAny(tested.report().problem()));
        }
        return json;
    }

    private static Tested readTested(JsonNode json, WireContext context) {
        Object problem = json.has("problem") ? context.readAny(json.get("problem")) : null;
        return new Tested(DryRunJson.readLayers(json, (Problem) problem));
    }

    private static <T> WireType<T> stored(
            String name, Class<T> type, Function<T, Stored> get, Function<Stored, T> make) {
        return new WireType<>(
                name,
                type,
                (reply, _) -> write(get.apply(reply)),
                (json, _) -> make.apply(read(json)));
    }

    private static ObjectNode write(Stored stored) {
        ObjectNode json = WireForms.object();
        json.set("connection", ConnectionJson.write(stored.connection()));
        json.put("revision", stored.revision());
        WireForms.putTime(json, "created", stored.created());
        WireForms.putTime(json, "modified", stored.modified());
        json.put("deleted", stored.deleted());
        return json;
    }

    private static Stored read(JsonNode json) {
        return new Stored(
                WireForms.readConnection(json),
                json.required("revision").longValue(),
                WireForms.readTimeOrNull(json, "created"),
                WireForms.readTimeOrNull(json, "modified"),
                json.required("deleted").booleanValue());
    }
}
