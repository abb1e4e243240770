package org.patchbay.gateway.connections;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.connectivity.model.dryrun.DryRunJson;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/**
 * {@code dry-run=true}: a connection is tried out and not stored. With {@code report=true} the
 * answer is the report, and then 200 whatever it says: the request was carried out, and a 504 would
 * be taken by proxies and clients for one of the gateway's own.
 */
final class DryRuns {

    private DryRuns() {}

    static boolean wanted(Exchange exchange) {
        return exchange.flag("dry-run");
    }

    /**
     * The command that tries the connection of a body out.
     *
     * @throws ProblemException where it can't be read, and no report is wanted
     */
    static Attempt of(Exchange exchange, JsonNode body, String id) {
        boolean wantsReport = exchange.flag("report");
        try {
            return new Attempt.Possible(new ConnectionCommand.Test(ConnectionJson.read(body, id)));
        } catch (ProblemException e) {
            if (wantsReport) {
                return new Attempt.Over(
                        new ConnectionReply.Tested(DryRunReport.unreadable(e.problem())));
            }
            throw e;
        }
    }

    /** A connection that can be tried out, or one that it is over with already. */
    sealed interface Attempt {
        record Possible(ConnectionCommand command) implements Attempt {}

        record Over(ConnectionReply reply) implements Attempt {}
    }

    static HttpResponse answer(Exchange exchange, DryRunReport report) {
        if (exchange.flag("report")) {
            return Answers.json(200, DryRunJson.show(report));
        }
        Problem problem = report.explained();
        return problem == null ? Answers.empty(200) : Answers.problem(problem);
    }
}
