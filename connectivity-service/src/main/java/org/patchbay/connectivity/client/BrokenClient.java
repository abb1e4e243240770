package org.patchbay.connectivity.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.ReportPart;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.header.Headers;

/**
 * Stands in for a client whose configuration can't be put to work at all, such as one stored by an
 * older version: it shows as misconfigured until it is modified, instead of failing again and
 * again.
 */
final class BrokenClient {

    private BrokenClient() {}

    static Behavior<ClientCommand> create(
            Connection connection,
            int clientIndex,
            ClientEnvironment environment,
            Problem problem) {
        var state =
                new ClientState.GivenUp(
                        Failure.byUser(problem.message(), null), environment.clock().instant());
        ConnectionMonitor monitor = environment.monitors().apply(connection);
        monitor.connection().failure(MetricType.OTHER, Headers.EMPTY, null, problem.message());
        return Behaviors.receiveMessage(command ->
                switch (command) {
                    case ClientCommand.AwaitOpen(var replyTo) -> {
                        replyTo.tell(new ConnectionReply.Failed(problem));
                        yield Behaviors.same();
                    }
                    case ClientCommand.Close(var replyTo) -> {
                        replyTo.tell(new ConnectionReply.Done());
                        yield Behaviors.stopped();
                    }
                    case ClientCommand.Move(var replyTo) -> {
                        replyTo.tell(new ConnectionReply.Done());
                        yield Behaviors.stopped();
                    }
                    case ClientCommand.Report(var kind, var replyTo) -> {
                        String name = environment.instance() + "-" + clientIndex;
                        var json = report(kind, connection, state, name, monitor);
                        replyTo.tell(new ReportPart(kind, json));
                        yield Behaviors.same();
                    }
                    case ClientCommand.TakeResponse(_, var replyTo) -> {
                        replyTo.tell(new ConnectionReply.Failed(problem));
                        yield Behaviors.same();
                    }
                    case ClientCommand.ResetMetrics _ -> {
                        monitor.metrics().reset();
                        yield Behaviors.same();
                    }
                    case ClientCommand.EnableLogs _ -> {
                        monitor.log().enable();
                        yield Behaviors.same();
                    }
                    case ClientCommand.ResetLogs _ -> {
                        monitor.log().reset();
                        yield Behaviors.same();
                    }
                    // Nothing else would come of another attempt.
                    case ClientCommand.TryNow _, ClientCommand.Internal _ -> Behaviors.same();
                });
    }

    private static ObjectNode report(
            ReportKind kind,
            Connection connection,
            ClientState state,
            String name,
            ConnectionMonitor monitor) {
        return switch (kind) {
            case STATUS -> StatusReport.of(connection, state, Optional.empty(), name, 1, List.of());
            case METRICS -> monitor.metricsReport();
            case LOGS -> monitor.log().retrieve();
        };
    }
}
