package org.patchbay.connectivity.connection.wire;

import static org.patchbay.connectivity.connection.wire.WireForms.empty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.patchbay.cluster.wire.SignalJson;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.json.MappingTestJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Close;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Create;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Delete;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.EnableLogs;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Modify;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Open;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.ResetLogs;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.ResetMetrics;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Retrieve;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveAt;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveHono;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveLogs;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveMetrics;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveStatus;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TakeResponse;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Test;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TestMapping;

/** Commands of connections between nodes. */
public final class CommandVocabulary implements WireVocabulary {

    private static final String NAME = "connection.command.";

    @Override
    public List<WireType<?>> types() {
        return List.of(
                WireForms.connection(
                        NAME + "create", Create.class, Create::connection, Create::new),
                new WireType<>(
                        NAME + "modify",
                        Modify.class,
                        (modify, _) -> writeModify(modify),
                        (json, _) ->
                                new Modify(
                                        WireForms.readConnection(json), readPreconditions(json))),
                conditional(NAME + "delete", Delete.class, Delete::preconditions, Delete::new),
                empty(NAME + "open", Open.class, Open::new),
                empty(NAME + "close", Close.class, Close::new),
                WireForms.connection(NAME + "test", Test.class, Test::connection, Test::new),
                new WireType<>(
                        NAME + "test-mapping",
                        TestMapping.class,
                        (command, _) -> MappingTestJson.write(command.test()),
                        (json, _) -> new TestMapping(MappingTestJson.read(json))),
                conditional(
                        NAME + "retrieve", Retrieve.class, Retrieve::preconditions, Retrieve::new),
                new WireType<>(
                        NAME + "retrieve-at",
                        RetrieveAt.class,
                        (retrieve, _) -> writeRetrieveAt(retrieve),
                        (json, _) ->
                                new RetrieveAt(
                                        WireForms.readNumberOrNull(json, "revision"),
                                        WireForms.readTimeOrNull(json, "timestamp"))),
                empty(NAME + "retrieve-hono", RetrieveHono.class, RetrieveHono::new),
                empty(NAME + "retrieve-status", RetrieveStatus.class, RetrieveStatus::new),
                empty(NAME + "retrieve-metrics", RetrieveMetrics.class, RetrieveMetrics::new),
                empty(NAME + "reset-metrics", ResetMetrics.class, ResetMetrics::new),
                empty(NAME + "enable-logs", EnableLogs.class, EnableLogs::new),
                empty(NAME + "retrieve-logs", RetrieveLogs.class, RetrieveLogs::new),
                empty(NAME + "reset-logs", ResetLogs.class, ResetLogs::new),
                new WireType<>(
                        NAME + "take-response",
                        TakeResponse.class,
                        (take, _) -> writeTakeResponse(take),
                        (json, _) ->
                                new TakeResponse(
                                        SignalJson.read(json.required("response")),
                                        json.required("from").textValue(),
                                        json.required("source").intValue())));
    }

    private static ObjectNode writeModify(Modify modify) {
        ObjectNode json = WireForms.object();
        json.set("connection", ConnectionJson.write(modify.connection()));
        return putPreconditions(json, modify.preconditions());
    }

    private static ObjectNode writeRetrieveAt(RetrieveAt retrieve) {
        ObjectNode json = WireForms.object();
        WireForms.putNumber(json, "revision", retrieve.revision());
        WireForms.putTime(json, "timestamp", retrieve.timestamp());
        return json;
    }

    private static ObjectNode writeTakeResponse(TakeResponse take) {
        ObjectNode json = WireForms.object();
        json.set("response", SignalJson.write(take.response()));
        return json.put("from", take.from()).put("source", take.source());
    }

    private static <T> WireType<T> conditional(
            String name,
            Class<T> type,
            Function<T, Preconditions> get,
            Function<Preconditions, T> make) {
        return new WireType<>(
                name,
                type,
                (command, _) -> putPreconditions(WireForms.object(), get.apply(command)),
                (json, _) -> make.apply(readPreconditions(json)));
    }

    private static ObjectNode putPreconditions(ObjectNode json, Preconditions preconditions) {
        json.put("ifMatch", preconditions.ifMatch());
        json.put("ifNoneMatch", preconditions.ifNoneMatch());
        return json;
    }

    private static Preconditions readPreconditions(JsonNode json) {
        return new Preconditions(
                WireForms.readTextOrNull(json, "ifMatch"),
                WireForms.readTextOrNull(json, "ifNoneMatch"));
    }
}
