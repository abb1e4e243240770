package org.patchbay.connectivity.path.outbound;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.patchbay.connectivity.model.Diverting;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TakeResponse;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what other connections divert to this one, from those that it trusts: what came in by their
 * n-th source leaves by the n-th target.
 */
final class DivertedResponses {

    private static final Logger LOG = LoggerFactory.getLogger(DivertedResponses.class);

    private static final int WARNED_MAX = 100;

    private final PathContext context;
    private final Diverting options;
    private final List<TargetPath> targets;
    private final Set<String> warned = new HashSet<>();

    DivertedResponses(PathContext context, List<TargetPath> targets) {
        this.context = context;
        this.options = Diverting.of(context.connection());
        this.targets = targets;
    }

    /** Done when the response waits to be published; a failure from 500 may be over soon. */
    ConnectionReply take(TakeResponse response) {
        if (!options.isTarget()) {
            return refuse(response, "this connection takes no diverted responses");
        }
        if (!options.takesFrom(response.from())) {
            return refuse(response, "it is not among " + Diverting.AUTHORIZED_SOURCES);
        }
        if (response.source() >= targets.size()) {
            return refuse(
                    response,
                    "there is no target "
                            + (response.source() + 1)
                            + " for what came in by its source "
                            + (response.source() + 1));
        }
        boolean taken = targets.get(response.source()).take(response.response());
        return taken
                ? new ConnectionReply.Done()
                : new ConnectionReply.Failed(
                        ConnectionProblems.unavailable(context.connection().id()));
    }

    private ConnectionReply refuse(TakeResponse response, String why) {
        Signal signal = response.response();
        String what =
                "Dropped a response that the connection '" + response.from() + "' diverts: " + why;
        monitor(response.source())
                .failure(MetricType.DROPPED, signal.headers(), signal.entityId(), what + ".");
        warn(response.from(), why);
        return new ConnectionReply.Failed(
                Problem.of(403, "connectivity:connection.unauthorized", what + "."));
    }

    /** Once for each that diverts; the connection's log and metrics have every single response. */
    private void warn(String from, String why) {
        if (warned.size() < WARNED_MAX && warned.add(from)) {
            LOG.atWarn()
                    .addKeyValue("connectionId", context.connection().id())
                    .addKeyValue("from", from)
                    .addKeyValue("reason", why)
                    .log("A diverted response was dropped.");
        }
    }

    private Monitor monitor(int source) {
        return source < targets.size()
                ? context.monitor().target(context.connection().targets().get(source).address())
                : context.monitor().responses();
    }
}
