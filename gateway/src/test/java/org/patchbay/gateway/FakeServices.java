package org.patchbay.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.cleanup.CleanupCommand;
import org.patchbay.cluster.cleanup.CleanupReply;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.dryrun.LayerResult;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * Stands for the services behind the gateway. Connections are kept in memory and never connect;
 * things and policies tell what they were sent, so that a test sees it.
 */
final class FakeServices {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, Connection> connections = new ConcurrentSkipListMap<>();

    /**
     * The services; to be started as {@code connectivityRoot}, where the index of ids is looked
     * for.
     */
    static Behavior<Void> create() {
        return Behaviors.setup(context -> {
            FakeServices services = new FakeServices();
            ActorSystem<Void> system = context.getSystem();
            Shards.host(system, EntityKind.CONNECTION, (id, _) -> services.connection(id));
            Shards.host(system, EntityKind.THING, (_, _) -> twin());
            Shards.host(system, EntityKind.POLICY, (_, _) -> twin());
            Singletons.host(context, Singleton.CONNECTION_IDS, services.ids());
            Singletons.host(context, Singleton.ENCRYPTION_MIGRATION, migration());
            Singletons.host(context, Singleton.CONNECTIONS_CLEANUP, cleanup());
            return Behaviors.empty();
        });
    }

    private Behavior<Ask> ids() {
        return Behaviors.receiveMessage(ask -> {
            List<String> ids =
                    switch ((ConnectionIdsQuery) ask.command()) {
                        case ConnectionIdsQuery.All _ -> List.copyOf(connections.keySet());
                        case ConnectionIdsQuery.Page(var after, int limit) ->
                                connections.keySet().stream()
                                        .sorted()
                                        .filter(id -> after == null || id.compareTo(after) > 0)
                                        .limit(limit)
                                        .toList();
                        case ConnectionIdsQuery.ByTag(String tag) ->
                                connections.values().stream()
                                        .filter(it -> it.tags().contains(tag))
                                        .map(Connection::id)
                                        .toList();
                    };
            ask.replyTo().tell(new ConnectionIdsQuery.Ids(ids));
            return Behaviors.same();
        });
    }

    private static Behavior<Ask> migration() {
        return Behaviors.receiveMessage(ask -> {
            ObjectNode report = JsonNodeFactory.instance.objectNode();
            report.put("status", 202).put("asked", String.valueOf(ask.command()));
            ask.replyTo().tell(new ConnectionReply.Report(report));
            return Behaviors.same();
        });
    }

    /** Tells the settings that it is sent; whatever else it is asked it cannot do. */
    private static Behavior<Ask> cleanup() {
        return Behaviors.receiveMessage(ask -> {
            ask.replyTo()
                    .tell(
                            switch ((CleanupCommand) ask.command()) {
                                case CleanupCommand.ModifyConfig(var config) ->
                                        new CleanupReply.Settings(config);
                                case CleanupCommand.CleanUp(var id) ->
                                        new CleanupReply.CleanedUp("connection:" + id);
                                case CleanupCommand.Restart _ -> new CleanupReply.Restarted();
                                case CleanupCommand other ->
                                        new CleanupReply.Failed(
                                                Problem.of(400, "test", "No " + other));
                            });
            return Behaviors.same();
        });
    }

    private Behavior<Ask> connection(String id) {
        return Behaviors.receiveMessage(ask -> {
            ask.replyTo().tell(reply(id, (ConnectionCommand) ask.command()));
            return Behaviors.same();
        });
    }

    private ConnectionReply reply(String id, ConnectionCommand command) {
        Optional<Connection> known = Optional.ofNullable(connections.get(id));
        return switch (command) {
            case ConnectionCommand.Create(var connection) ->
                    known.isPresent()
                            ? new ConnectionReply.Failed(ConnectionProblems.conflict(id))
                            : created(connection);
            case ConnectionCommand.Modify(var connection, var _) ->
                    known.isPresent() ? modified(connection) : created(connection);
            case ConnectionCommand.Test(var connection) -> tested(connection);
            case ConnectionCommand.TestMapping(var test) ->
                    new ConnectionReply.MappingTested(
                            test.definition().mappingEngine().equals("JavaScript") ? 200 : 400,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("direction", test.sample().direction()));
            case ConnectionCommand other when known.isEmpty() ->
                    new ConnectionReply.Failed(ConnectionProblems.notFound(id));
            case ConnectionCommand.Delete _ -> {
                connections.remove(id);
                yield new ConnectionReply.Deleted(3);
            }
            case ConnectionCommand.Retrieve(var preconditions)
                    when "\"rev:9\"".equals(preconditions.ifMatch()) ->
                    new ConnectionReply.Failed(
                            ConnectionProblems.preconditionFailed(
                                    "if-match", "\"rev:9\"", "\"rev:1\""),
                            1L);
            case ConnectionCommand.Retrieve(var preconditions)
                    when "\"rev:1\"".equals(preconditions.ifNoneMatch()) ->
                    new ConnectionReply.Failed(ConnectionProblems.notModified("\"rev:1\""), 1L);
            case ConnectionCommand.Retrieve _ ->
                    new ConnectionReply.Retrieved(stored(known.orElseThrow()));
            case ConnectionCommand.RetrieveAt(Long revision, Instant timestamp) ->
                    new ConnectionReply.Failed(
                            ConnectionProblems.historyNotFound(id, revision + " " + timestamp));
            case ConnectionCommand.RetrieveHono _,
                    ConnectionCommand.RetrieveStatus _,
                    ConnectionCommand.RetrieveMetrics _,
                    ConnectionCommand.RetrieveLogs _ ->
                    new ConnectionReply.Report(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("connectionId", id)
                                    .put("report", command.getClass().getSimpleName()));
            case ConnectionCommand.Open _,
                    ConnectionCommand.Close _,
                    ConnectionCommand.ResetMetrics _,
                    ConnectionCommand.EnableLogs _,
                    ConnectionCommand.ResetLogs _,
                    ConnectionCommand.TakeResponse _ ->
                    new ConnectionReply.Done();
        };
    }

    /** One to nowhere fails. */
    private static ConnectionReply tested(Connection connection) {
        Duration took = Duration.ofMillis(7);
        return new ConnectionReply.Tested(
                connection.uri().host().startsWith("nowhere.")
                        ? new DryRunReport(
                                took,
                                List.of(
                                        new LayerResult.Passed(Layer.CONFIGURATION, took, "Fine."),
                                        new LayerResult.Failed(
                                                Layer.NAME_RESOLUTION, took, "Unknown.", null),
                                        new LayerResult.NotReached(Layer.TCP)),
                                ConnectionProblems.failed(connection.id(), "Unknown."))
                        : new DryRunReport(
                                took,
                                List.of(new LayerResult.Passed(Layer.TCP, took, "Connected.")),
                                null));
    }

    private ConnectionReply created(Connection connection) {
        connections.put(connection.id(), connection);
        return new ConnectionReply.Created(stored(connection));
    }

    private ConnectionReply modified(Connection connection) {
        connections.put(connection.id(), connection);
        return new ConnectionReply.Modified(2);
    }

    private static ConnectionReply.Stored stored(Connection connection) {
        return new ConnectionReply.Stored(connection, 1, TIME, TIME, false);
    }

    /**
     * A twin that tells what it was sent; {@code silent} says nothing, {@code missing} is not
     * there.
     */
    private static Behavior<Ask> twin() {
        return Behaviors.receiveMessage(ask -> {
            SignalRequest request = (SignalRequest) ask.command();
            Signal signal = request.signal();
            if (!signal.topic().name().equals("silent")) {
                ask.replyTo().tell(answer(request));
            }
            ActorRef<Signal> acknowledgements = request.acknowledgements();
            if (acknowledgements != null) {
                acknowledge(signal, acknowledgements);
            }
            return Behaviors.same();
        });
    }

    private static Signal answer(SignalRequest request) {
        Signal signal = request.signal();
        Headers headers = Headers.of(Map.of("etag", "\"hash:1\"", "entity-revision", "7"));
        if (signal.topic().name().equals("missing")) {
            return signal.fail(
                    Problem.of(404, "things:thing.notfound", "Not there."), Headers.EMPTY);
        }
        if (signal.topic().channel() == Channel.LIVE) {
            return signal.respond(202, Headers.EMPTY, null);
        }
        int status =
                switch (String.valueOf(signal.topic().action())) {
                    case "retrieve" -> 200;
                    case "create" -> 201;
                    default -> signal.path().toString().endsWith("new") ? 201 : 204;
                };
        var told = Envelope.write(signal);
        told.put("by", String.join(",", request.by().subjects()));
        return signal.respond(status, headers, status == 204 ? null : told);
    }

    /**
     * Issues the acknowledgement {@code there-ack}; a message {@code ask} is answered with what was
     * sent.
     */
    private static void acknowledge(Signal signal, ActorRef<Signal> acknowledgements) {
        acknowledgements.tell(
                Signal.command(
                                signal.topic().with(Criterion.ACKS, "there-ack"),
                                signal.path(),
                                Headers.EMPTY,
                                null)
                        .respond(204, Headers.EMPTY, null));
        if ("ask".equals(signal.topic().action())) {
            acknowledgements.tell(
                    signal.respond(
                            299,
                            Headers.of(
                                    Map.of(
                                            HeaderDefinition.CONTENT_TYPE,
                                            signal.headers()
                                                    .getOr(
                                                            HeaderDefinition.CONTENT_TYPE,
                                                            "application/octet-stream"),
                                            "answered-by",
                                            "a device")),
                            signal.value()));
        }
    }
}
