package org.patchbay.gateway.piggyback;

import static org.patchbay.gateway.piggyback.CommandFields.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.devops.Service;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;

/**
 * The commands to one thing or policy as a whole, and the merge of a part of a thing. Without sudo
 * an operator is nobody to them: no policy names him.
 */
final class TwinCommands {

    /**
     * Things or policies.
     *
     * @param noun in types of commands and as the field of their value
     */
    private record Twin(EntityKind kind, Service service, TopicPath.Group group, String noun) {

        String id() {
            return noun.toLowerCase(Locale.ROOT) + "Id";
        }

        String value() {
            return noun.toLowerCase(Locale.ROOT);
        }

        String prefix() {
            return service.wireName();
        }
    }

    /** What is asked of a twin. */
    private record Request(
            String action,
            JsonPointer path,
            @Nullable JsonNode value,
            @Nullable FieldSelector fields) {}

    private static final List<Twin> TWINS =
            List.of(
                    new Twin(EntityKind.THING, Service.THINGS, TopicPath.Group.THINGS, "Thing"),
                    new Twin(
                            EntityKind.POLICY,
                            Service.POLICIES,
                            TopicPath.Group.POLICIES,
                            "Policy"));

    private final ActorSystem<?> system;

    TwinCommands(ActorSystem<?> system) {
        this.system = system;
    }

    List<CommandRow> rows() {
        return Stream.concat(
                        TWINS.stream().flatMap(twin -> rows(twin).stream()),
                        Stream.of(row(TWINS.getFirst(), "mergeThing", this::merge)))
                .toList();
    }

    private List<CommandRow> rows(Twin twin) {
        return List.of(
                row(twin, "create" + twin.noun(), call -> create(twin, call)),
                row(twin, "modify" + twin.noun(), call -> modify(twin, call)),
                row(twin, "delete" + twin.noun(), call -> delete(twin, call)),
                row(
                        twin,
                        "retrieve" + twin.noun(),
                        call -> retrieve(twin, call, "commands:retrieve", call.envelope().sudo())),
                CommandRow.of(
                        twin.prefix() + ".sudo.commands:sudoRetrieve" + twin.noun(),
                        target(twin),
                        twin.service(),
                        call -> retrieve(twin, call, "sudo.commands:sudoRetrieve", true)));
    }

    private static CommandRow row(Twin twin, String name, CommandRow.Single work) {
        return CommandRow.of(
                twin.prefix() + ".commands:" + name, target(twin), twin.service(), work);
    }

    private static String target(Twin twin) {
        return "/system/sharding/" + twin.kind().wireName();
    }

    private CompletionStage<JsonNode> create(Twin twin, Call call) {
        ObjectNode value = CommandFields.object(call.command(), twin.value());
        String id = CommandFields.text(value, twin.id());
        return send(
                        twin,
                        call,
                        id,
                        new Request("create", JsonPointer.ROOT, value, null),
                        call.envelope().sudo())
                .thenApply(answer -> json(twin, id, answer, "commands:create"));
    }

    private CompletionStage<JsonNode> modify(Twin twin, Call call) {
        ObjectNode value = CommandFields.object(call.command(), twin.value());
        String id = CommandFields.text(call.command(), twin.id());
        return send(
                        twin,
                        call,
                        id,
                        new Request("modify", JsonPointer.ROOT, value, null),
                        call.envelope().sudo())
                .thenApply(answer -> json(twin, id, answer, "commands:modify"));
    }

    private CompletionStage<JsonNode> merge(Call call) {
        Twin thing = TWINS.getFirst();
        String id = CommandFields.text(call.command(), thing.id());
        String path = CommandFields.text(call.command(), "path");
        JsonNode value = call.command().get("value");
        if (value == null) {
            throw Problems.jsonFieldMissing("/value").asException();
        }
        Request request = new Request("merge", JsonPointer.parse(path), value, null);
        return send(thing, call, id, request, call.envelope().sudo())
                .thenApply(answer -> {
                    JsonNode json = json(thing, id, answer, "commands:merge");
                    return answer.isError() ? json : ((ObjectNode) json).put("path", path);
                });
    }

    private CompletionStage<JsonNode> delete(Twin twin, Call call) {
        String id = CommandFields.text(call.command(), twin.id());
        return send(
                        twin,
                        call,
                        id,
                        new Request("delete", JsonPointer.ROOT, null, null),
                        call.envelope().sudo())
                .thenApply(answer -> json(twin, id, answer, "commands:delete"));
    }

    private CompletionStage<JsonNode> retrieve(Twin twin, Call call, String command, boolean sudo) {
        String id = CommandFields.text(call.command(), twin.id());
        String selected = CommandFields.textOrNull(call.command(), "selectedFields");
        FieldSelector fields = selected == null ? null : FieldSelector.parse(selected);
        return send(twin, call, id, new Request("retrieve", JsonPointer.ROOT, null, fields), sudo)
                .thenApply(answer -> json(twin, id, answer, command));
    }

    private CompletionStage<Signal> send(
            Twin twin, Call call, String id, Request request, boolean sudo) {
        if (!EntityId.isValid(id)) {
            throw EntityId.invalid(twin.prefix(), id).asException();
        }
        Signal signal =
                Signal.command(
                                topic(twin, id, request.action()),
                                request.path(),
                                Headers.EMPTY.withCorrelationId(call.correlationId()),
                                request.value())
                        .withFields(request.fields());
        AuthorizationContext by = sudo ? AuthorizationContext.SUDO : AuthorizationContext.of();
        return Shards.of(system)
                .ask(
                        twin.kind(),
                        id,
                        new SignalRequest(signal, by, null, null),
                        Signal.class,
                        call.timeout());
    }

    private static TopicPath topic(Twin twin, String id, String action) {
        int colon = id.indexOf(':');
        return new TopicPath(
                id.substring(0, colon),
                id.substring(colon + 1),
                twin.group(),
                twin.kind() == EntityKind.THING ? TopicPath.Channel.TWIN : TopicPath.Channel.NONE,
                TopicPath.Criterion.COMMANDS,
                action);
    }

    /** The response under its type; an error as it is. */
    private static JsonNode json(Twin twin, String id, Signal answer, String command) {
        JsonNode value = answer.value();
        if (answer.isError()) {
            return Objects.requireNonNull(value, "an error without one");
        }
        ObjectNode json =
                response(
                        twin.prefix()
                                + "."
                                + command.replace("commands:", "responses:")
                                + twin.noun(),
                        Objects.requireNonNullElse(answer.status(), 200));
        json.put(twin.id(), id);
        return value == null ? json : json.set(twin.value(), value);
    }
}
