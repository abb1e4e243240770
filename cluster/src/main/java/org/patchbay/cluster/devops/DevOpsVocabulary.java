package org.patchbay.cluster.devops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.devops.DevOpsCommand.Answered;
import org.patchbay.cluster.devops.DevOpsCommand.BlockNamespace;
import org.patchbay.cluster.devops.DevOpsCommand.ChangeLogLevel;
import org.patchbay.cluster.devops.DevOpsCommand.Identify;
import org.patchbay.cluster.devops.DevOpsCommand.PurgeNamespace;
import org.patchbay.cluster.devops.DevOpsCommand.RetrieveConfig;
import org.patchbay.cluster.devops.DevOpsCommand.RetrieveHealth;
import org.patchbay.cluster.devops.DevOpsCommand.RetrieveLoggerConfig;
import org.patchbay.cluster.devops.DevOpsCommand.Sent;
import org.patchbay.cluster.devops.DevOpsCommand.StopNamespace;
import org.patchbay.cluster.devops.DevOpsCommand.UnblockNamespace;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;

/** Operators' commands to nodes on the wire. */
public final class DevOpsVocabulary implements WireVocabulary {

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(
                        "devops.sent",
                        Sent.class,
                        DevOpsVocabulary::writeSent,
                        DevOpsVocabulary::readSent),
                new WireType<>(
                        "devops.answered",
                        Answered.class,
                        (answered, _) -> writeAnswered(answered),
                        (json, _) ->
                                new Answered(
                                        json.required("instance").textValue(), json.get("json"))),
                empty("devops.identify", Identify.class, Identify::new),
                new WireType<>(
                        "devops.retrieve-logger-config",
                        RetrieveLoggerConfig.class,
                        (retrieve, _) -> writeRetrieve(retrieve),
                        (json, _) -> readRetrieve(json)),
                new WireType<>(
                        "devops.change-log-level",
                        ChangeLogLevel.class,
                        (change, _) ->
                                object().put("logger", change.logger())
                                        .put("level", change.level()),
                        (json, _) ->
                                new ChangeLogLevel(
                                        json.required("logger").textValue(),
                                        json.required("level").textValue())),
                new WireType<>(
                        "devops.retrieve-config",
                        RetrieveConfig.class,
                        (retrieve, _) -> object().put("path", retrieve.path()),
                        (json, _) -> new RetrieveConfig(json.required("path").textValue())),
                empty("devops.retrieve-health", RetrieveHealth.class, RetrieveHealth::new),
                new WireType<>(
                        "devops.block-namespace",
                        BlockNamespace.class,
                        (block, _) ->
                                object().put("namespace", block.namespace())
                                        .put("until", block.until().toEpochMilli()),
                        (json, _) ->
                                new BlockNamespace(
                                        json.required("namespace").textValue(),
                                        Instant.ofEpochMilli(json.required("until").longValue()))),
                namespace(
                        "devops.unblock-namespace",
                        UnblockNamespace.class,
                        UnblockNamespace::namespace,
                        UnblockNamespace::new),
                namespace(
                        "devops.stop-namespace",
                        StopNamespace.class,
                        StopNamespace::namespace,
                        StopNamespace::new),
                namespace(
                        "devops.purge-namespace",
                        PurgeNamespace.class,
                        PurgeNamespace::namespace,
                        PurgeNamespace::new));
    }

    private static JsonNode writeSent(Sent sent, WireContext context) {
        ObjectNode json = object();
        json.set("command", context.writeAny(sent.command()));
        json.put("service", sent.service().wireName());
        if (sent.instance() != null) {
            json.put("instance", sent.instance());
        }
        return json.put("replyTo", context.writeRef(sent.replyTo()));
    }

    private static Sent readSent(JsonNode json, WireContext context) {
        return new Sent(
                (DevOpsCommand) Objects.requireNonNull(context.readAny(json.required("command"))),
                Service.of(json.required("service").textValue()).orElseThrow(),
                textOrNull(json.get("instance")),
                context.readRef(json.required("replyTo").textValue()));
    }

    private static JsonNode writeAnswered(Answered answered) {
        ObjectNode json = object().put("instance", answered.instance());
        return answered.json() == null ? json : json.set("json", answered.json());
    }

    private static JsonNode writeRetrieve(RetrieveLoggerConfig retrieve) {
        ObjectNode json = object();
        ArrayNode loggers = json.putArray("loggers");
        retrieve.loggers().forEach(loggers::add);
        return json.put("disabled", retrieve.disabled());
    }

    private static RetrieveLoggerConfig readRetrieve(JsonNode json) {
        List<String> loggers = new ArrayList<>();
        json.required("loggers").forEach(logger -> loggers.add(logger.textValue()));
        return new RetrieveLoggerConfig(loggers, json.required("disabled").booleanValue());
    }

    private static <T> WireType<T> empty(String name, Class<T> type, Supplier<T> make) {
        return new WireType<>(name, type, (_, _) -> object(), (_, _) -> make.get());
    }

    private static <T> WireType<T> namespace(
            String name, Class<T> type, Function<T, String> get, Function<String, T> make) {
        return new WireType<>(
                name,
                type,
                (value, _) -> object().put("namespace", get.apply(value)),
                (json, _) -> make.apply(json.required("namespace").textValue()));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static @Nullable String textOrNull(@Nullable JsonNode json) {
        return json == null ? null : json.textValue();
    }
}
