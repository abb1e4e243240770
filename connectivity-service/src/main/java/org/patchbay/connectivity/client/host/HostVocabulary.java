package org.patchbay.connectivity.client.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.client.ClientCommand.AwaitOpen;
import org.patchbay.connectivity.client.ClientCommand.Close;
import org.patchbay.connectivity.client.ClientCommand.EnableLogs;
import org.patchbay.connectivity.client.ClientCommand.Move;
import org.patchbay.connectivity.client.ClientCommand.Report;
import org.patchbay.connectivity.client.ClientCommand.ResetLogs;
import org.patchbay.connectivity.client.ClientCommand.ResetMetrics;
import org.patchbay.connectivity.client.ClientCommand.TakeResponse;
import org.patchbay.connectivity.client.ClientCommand.TryNow;
import org.patchbay.connectivity.client.host.HostMessage.Run;
import org.patchbay.connectivity.client.host.HostMessage.Running;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.ReportPart;

/** What an entity and its clients on other nodes say to each other. */
public final class HostVocabulary implements WireVocabulary {

    private static final String NAME = "connection.client.";
    private static final String REPLY_TO = "replyTo";

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(NAME + "run", Run.class, HostVocabulary::write, HostVocabulary::run),
                new WireType<>(
                        NAME + "running",
                        Running.class,
                        (running, context) ->
                                object().put("client", context.writeRef(running.client())),
                        (json, context) -> new Running(ref(json, "client", context))),
                asking(NAME + "await-open", AwaitOpen.class, AwaitOpen::replyTo, AwaitOpen::new),
                plain(NAME + "try-now", TryNow.class, TryNow::new),
                asking(NAME + "close", Close.class, Close::replyTo, Close::new),
                asking(NAME + "move", Move.class, Move::replyTo, Move::new),
                new WireType<>(
                        NAME + "report",
                        Report.class,
                        (report, context) ->
                                object().put("kind", name(report.kind()))
                                        .put(REPLY_TO, context.writeRef(report.replyTo())),
                        (json, context) -> new Report(kind(json), ref(json, REPLY_TO, context))),
                new WireType<>(
                        NAME + "report-part",
                        ReportPart.class,
                        (part, _) ->
                                object().put("kind", name(part.kind())).set("json", part.json()),
                        (json, _) ->
                                new ReportPart(kind(json), (ObjectNode) json.required("json"))),
                new WireType<>(
                        NAME + "take-response",
                        TakeResponse.class,
                        (take, context) ->
                                object().put(REPLY_TO, context.writeRef(take.replyTo()))
                                        .set("command", context.writeAny(take.response())),
                        (json, context) ->
                                new TakeResponse(
                                        (ConnectionCommand.TakeResponse)
                                                Objects.requireNonNull(
                                                        context.readAny(json.required("command"))),
                                        ref(json, REPLY_TO, context))),
                plain(NAME + "reset-metrics", ResetMetrics.class, ResetMetrics::new),
                plain(NAME + "enable-logs", EnableLogs.class, EnableLogs::new),
                plain(NAME + "reset-logs", ResetLogs.class, ResetLogs::new));
    }

    private static JsonNode write(Run run, WireContext context) {
        return object().put("clientIndex", run.clientIndex())
                .put("owner", context.writeRef(run.owner()))
                .set("connection", ConnectionJson.write(run.connection()));
    }

    private static Run run(JsonNode json, WireContext context) {
        return new Run(
                ConnectionJson.read(json.required("connection")),
                json.required("clientIndex").intValue(),
                ref(json, "owner", context));
    }

    private static <T, R> WireType<T> asking(
            String name,
            Class<T> type,
            Function<T, ActorRef<R>> replyTo,
            Function<ActorRef<R>, T> make) {
        return new WireType<>(
                name,
                type,
                (value, context) -> object().put(REPLY_TO, context.writeRef(replyTo.apply(value))),
                (json, context) -> make.apply(ref(json, REPLY_TO, context)));
    }

    private static <T> WireType<T> plain(String name, Class<T> type, Supplier<T> make) {
        return new WireType<>(name, type, (_, _) -> object(), (_, _) -> make.get());
    }

    private static <T> ActorRef<T> ref(JsonNode json, String field, WireContext context) {
        return context.readRef(json.required(field).textValue());
    }

    private static String name(ReportKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static ReportKind kind(JsonNode json) {
        return ReportKind.valueOf(json.required("kind").textValue().toUpperCase(Locale.ROOT));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
