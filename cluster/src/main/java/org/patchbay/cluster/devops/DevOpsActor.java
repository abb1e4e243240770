package org.patchbay.cluster.devops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.event.Logging;
import org.patchbay.cluster.devops.DevOpsCommand.Answered;
import org.patchbay.cluster.devops.DevOpsCommand.Sent;
import org.patchbay.cluster.health.Health;
import org.patchbay.cluster.namespace.BlockedNamespaces;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out on this node what operators ask of it. */
final class DevOpsActor {

    static final String NAME = "devOps";

    private static final Logger LOG = LoggerFactory.getLogger(DevOpsActor.class);
    private static final int OK = 200;

    private final ActorSystem<?> system;
    private final String instance;
    private final NodeConfig config;
    private final NamespaceSettings settings;
    private final BlockedNamespaces namespaces;
    private final NamespacePurge purge;

    private DevOpsActor(ActorSystem<?> system, String instance) {
        this.system = system;
        this.instance = instance;
        this.config = NodeConfig.of(system.settings().config(), instance);
        this.settings = NamespaceSettings.of(system.settings().config());
        this.namespaces = BlockedNamespaces.of(system);
        this.purge = new NamespacePurge(system, settings);
    }

    static Behavior<Sent> create(String instance) {
        return Behaviors.setup(context -> {
            DevOpsActor actor = new DevOpsActor(context.getSystem(), instance);
            return Behaviors.receiveMessage(sent -> {
                actor.receive(sent);
                return Behaviors.same();
            });
        });
    }

    private void receive(Sent sent) {
        if (sent.instance() != null && !sent.instance().equals(instance)) {
            sent.replyTo().tell(new Answered(instance, null));
            return;
        }
        attempt(sent)
                .whenComplete((json, failure) ->
                        sent.replyTo()
                                .tell(
                                        new Answered(
                                                instance,
                                                failure == null ? json : failed(sent, failure))));
    }

    private CompletionStage<? extends JsonNode> attempt(Sent sent) {
        try {
            return carryOut(sent.command(), sent.service());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<? extends JsonNode> carryOut(DevOpsCommand command, Service service) {
        return switch (command) {
            case DevOpsCommand.Identify _ ->
                    CompletableFuture.completedStage(JsonNodeFactory.instance.objectNode());
            case DevOpsCommand.RetrieveLoggerConfig retrieve -> {
                ObjectNode json = response("devops.responses:retrieveLoggerConfig", service);
                json.set("loggerConfigs", LogLevels.json(retrieve));
                yield CompletableFuture.completedStage(json);
            }
            case DevOpsCommand.ChangeLogLevel change ->
                    CompletableFuture.completedStage(change(change, service));
            case DevOpsCommand.RetrieveConfig(String path) ->
                    CompletableFuture.completedStage(config(path, service));
            case DevOpsCommand.RetrieveHealth _ ->
                    Health.of(system).check().thenApply(HealthReport::json);
            case DevOpsCommand.BlockNamespace(var name, var until) ->
                    namespaces.block(name, until).thenApply(_ -> told("blockNamespace", name));
            case DevOpsCommand.UnblockNamespace(var name) ->
                    namespaces.unblock(name).thenApply(_ -> told("unblockNamespace", name));
            case DevOpsCommand.StopNamespace(var name) -> stop(name);
            case DevOpsCommand.PurgeNamespace(var name) -> purge.run(name);
        };
    }

    private ObjectNode change(DevOpsCommand.ChangeLogLevel change, Service service) {
        LogLevels.change(change.logger(), change.level());
        if (change.level().equals("debug") || change.level().equals("trace")) {
            // What classic actors log must pass this, too.
            Adapter.toClassic(system).eventStream().setLogLevel(Logging.DebugLevel());
        }
        LOG.atInfo()
                .addKeyValue("logger", change.logger())
                .addKeyValue("level", change.level())
                .log("An operator changed a log level.");
        return response("devops.responses:changeLogLevel", service).put("successful", true);
    }

    private ObjectNode config(String path, Service service) {
        return config.at(path, service)
                .map(found -> {
                    ObjectNode json = JsonNodeFactory.instance.objectNode();
                    json.put("type", "common.responses:retrieveConfig").put("status", OK);
                    json.set("config", found);
                    return json;
                })
                .orElseGet(() -> error(nothingAt(path), service));
    }

    private CompletionStage<ObjectNode> stop(String namespace) {
        Shards shards = Shards.of(system);
        Duration timeout = settings.stopTimeout();
        return shards.stopAll(EntityKind.THING, namespace, timeout)
                .thenCombine(shards.stopAll(EntityKind.POLICY, namespace, timeout), Integer::sum)
                .thenApply(stopped -> {
                    namespaces.forget(namespace);
                    return JsonNodeFactory.instance
                            .objectNode()
                            .put("type", "common.responses:shutdown")
                            .put("status", OK)
                            .put("stopped", stopped);
                });
    }

    private static ObjectNode told(String name, String namespace) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "namespaces.responses:" + name)
                .put("status", OK)
                .put("namespace", namespace)
                .put("resourceType", "namespaces");
    }

    private ObjectNode failed(Sent sent, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof ProblemException known) {
            return error(known.problem(), sent.service());
        }
        LOG.atWarn().setCause(cause).log("What an operator asked of this node failed.");
        return error(Problems.internal("unknown"), sent.service());
    }

    private ObjectNode response(String type, Service service) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("status", OK)
                .put("serviceName", service.wireName())
                .put("instance", instance);
    }

    private ObjectNode error(Problem problem, Service service) {
        return DevOps.error(problem, service.wireName(), instance);
    }

    private static Problem nothingAt(String path) {
        return Problem.of(
                        400,
                        "json.field.missing",
                        "The configuration has nothing at '" + path + "'.")
                .describedBy(
                        "Ask for a part that is there, such as ditto or patchbay, and go on from it.");
    }
}
