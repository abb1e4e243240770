package org.patchbay.cluster.cleanup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.Problem;

/** What operators, the clean-up of the store and entities send each other. */
public final class CleanupVocabulary implements WireVocabulary {

    private static final String NAME = "cleanup.";

    @Override
    public List<WireType<?>> types() {
        return List.of(
                empty(
                        "retrieve-config",
                        CleanupCommand.RetrieveConfig.class,
                        CleanupCommand.RetrieveConfig::new),
                object(
                        "modify-config",
                        CleanupCommand.ModifyConfig.class,
                        CleanupCommand.ModifyConfig::config,
                        CleanupCommand.ModifyConfig::new),
                empty(
                        "retrieve-health",
                        CleanupCommand.RetrieveHealth.class,
                        CleanupCommand.RetrieveHealth::new),
                empty("restart", CleanupCommand.Restart.class, CleanupCommand.Restart::new),
                text(
                        "clean-up",
                        CleanupCommand.CleanUp.class,
                        CleanupCommand.CleanUp::entityId,
                        CleanupCommand.CleanUp::new),
                object(
                        "settings",
                        CleanupReply.Settings.class,
                        CleanupReply.Settings::config,
                        CleanupReply.Settings::new),
                object(
                        "health",
                        CleanupReply.Health.class,
                        CleanupReply.Health::statusInfo,
                        CleanupReply.Health::new),
                empty("restarted", CleanupReply.Restarted.class, CleanupReply.Restarted::new),
                text(
                        "cleaned-up",
                        CleanupReply.CleanedUp.class,
                        CleanupReply.CleanedUp::persistenceId,
                        CleanupReply.CleanedUp::new),
                new WireType<>(
                        NAME + "failed",
                        CleanupReply.Failed.class,
                        (failed, context) ->
                                object().set("problem", context.writeAny(failed.problem())),
                        (json, context) ->
                                new CleanupReply.Failed(
                                        (Problem)
                                                Objects.requireNonNull(
                                                        context.readAny(
                                                                json.required("problem"))))),
                empty(
                        "take-snapshot",
                        EntityRequest.TakeSnapshot.class,
                        EntityRequest.TakeSnapshot::new),
                number(
                        "snapshot-taken",
                        EntityRequest.SnapshotTaken.class,
                        EntityRequest.SnapshotTaken::sequenceNr,
                        EntityRequest.SnapshotTaken::new),
                number(
                        "forget",
                        EntityRequest.Forget.class,
                        EntityRequest.Forget::sequenceNr,
                        EntityRequest.Forget::new),
                new WireType<>(
                        NAME + "forgotten",
                        EntityRequest.Forgotten.class,
                        (forgotten, _) -> object().put("done", forgotten.done()),
                        (json, _) ->
                                new EntityRequest.Forgotten(json.required("done").booleanValue())));
    }

    private static <T> WireType<T> empty(String name, Class<T> type, Supplier<T> make) {
        return new WireType<>(NAME + name, type, (_, _) -> object(), (_, _) -> make.get());
    }

    private static <T> WireType<T> text(
            String name, Class<T> type, Function<T, String> get, Function<String, T> make) {
        return new WireType<>(
                NAME + name,
                type,
                (value, _) -> object().put("id", get.apply(value)),
                (json, _) -> make.apply(json.required("id").textValue()));
    }

    private static <T> WireType<T> number(
            String name, Class<T> type, Function<T, Long> get, Function<Long, T> make) {
        return new WireType<>(
                NAME + name,
                type,
                (value, _) -> object().put("sequenceNr", get.apply(value)),
                (json, _) -> make.apply(json.required("sequenceNr").longValue()));
    }

    private static <T> WireType<T> object(
            String name, Class<T> type, Function<T, ObjectNode> get, Function<ObjectNode, T> make) {
        return new WireType<>(
                NAME + name,
                type,
                (value, _) -> get.apply(value),
                (json, _) -> make.apply((ObjectNode) json));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
