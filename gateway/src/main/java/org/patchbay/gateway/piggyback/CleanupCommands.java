package org.patchbay.gateway.piggyback;

import static org.patchbay.gateway.piggyback.CommandFields.response;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.cleanup.CleanupCommand;
import org.patchbay.cluster.cleanup.CleanupReply;
import org.patchbay.cluster.devops.Service;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;

/** The commands to the clean-up of the store, one a service. */
final class CleanupCommands {

    private record Place(Singleton singleton, Service service, EntityKind kind) {}

    private static final List<Place> PLACES =
            List.of(
                    new Place(
                            Singleton.CONNECTIONS_CLEANUP,
                            Service.CONNECTIVITY,
                            EntityKind.CONNECTION),
                    new Place(Singleton.THINGS_CLEANUP, Service.THINGS, EntityKind.THING),
                    new Place(Singleton.POLICIES_CLEANUP, Service.POLICIES, EntityKind.POLICY));

    private final ActorSystem<?> system;

    CleanupCommands(ActorSystem<?> system) {
        this.system = system;
    }

    List<CommandRow> rows() {
        return PLACES.stream().flatMap(this::rows).toList();
    }

    private Stream<CommandRow> rows(Place place) {
        return Stream.of(
                row(
                        place,
                        "common.commands:retrieveConfig",
                        _ -> new CleanupCommand.RetrieveConfig()),
                row(
                        place,
                        "common.commands:modifyConfig",
                        call ->
                                new CleanupCommand.ModifyConfig(
                                        CommandFields.object(call.command(), "config"))),
                row(
                        place,
                        "status.commands:retrieveHealth",
                        _ -> new CleanupCommand.RetrieveHealth()),
                row(place, "common.commands:shutdown", _ -> new CleanupCommand.Restart()),
                // Ditto's entities clean up after themselves; here the singleton does it for them.
                row(
                        place,
                        Set.of(
                                place.singleton().path(),
                                "/system/sharding/" + place.kind().wireName()),
                        "cleanup.sudo.commands:cleanupPersistence",
                        call ->
                                new CleanupCommand.CleanUp(
                                        CommandFields.text(call.command(), "entityId"))));
    }

    private CommandRow row(Place place, String type, Function<Call, CleanupCommand> read) {
        return row(place, Set.of(place.singleton().path()), type, read);
    }

    private CommandRow row(
            Place place, Set<String> targets, String type, Function<Call, CleanupCommand> read) {
        return new CommandRow(
                type,
                targets,
                place.service(),
                call -> ask(place, type, read.apply(call), call).thenApply(Outcome.One::new));
    }

    private CompletionStage<JsonNode> ask(
            Place place, String type, CleanupCommand command, Call call) {
        return Singletons.ask(
                        system, place.singleton(), command, CleanupReply.class, call.timeout())
                .thenApply(reply -> json(type.replace(".commands:", ".responses:"), reply));
    }

    private static JsonNode json(String type, CleanupReply reply) {
        return switch (reply) {
            case CleanupReply.Settings(var config) -> response(type, 200).set("config", config);
            case CleanupReply.Health(var info) -> response(type, 200).set("statusInfo", info);
            case CleanupReply.Restarted _ -> response(type, 200);
            case CleanupReply.CleanedUp(var id) -> response(type, 200).put("entityId", id);
            case CleanupReply.Failed(var problem) -> problem.toJson();
        };
    }
}
