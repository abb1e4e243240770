package org.patchbay.gateway.http;

import java.util.UUID;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.patchbay.protocol.Problem;

/** Answers what is no HTTP request as JSON, too; made by Pekko by its name in reference.conf. */
public final class UnreadableRequests extends ParsingErrorHandler {

    private static final int NOT_IMPLEMENTED = 501;

    @Override
    public HttpResponse handle(
            StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        log.debug("A request could not be read: {}", info.formatPretty());
        return Answers.correlated(
                Answers.problem(problem(status.intValue(), info.summary())),
                UUID.randomUUID().toString());
    }

    /**
     * Never a fault of this server: it is the sender who asks for what HTTP or no resource knows.
     */
    private static Problem problem(int status, String why) {
        if (status == NOT_IMPLEMENTED) {
            return Refusals.methodUnknown();
        }
        Problem problem = Refusals.uriInvalid(why);
        return status > NOT_IMPLEMENTED
                ? problem
                : new Problem(status, problem.code(), problem.message(), null, null);
    }
}
