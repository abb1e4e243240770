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

    @Override
    public HttpResponse handle(
            StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        log.debug("A request could not be read: {}", info.formatPretty());
        Problem problem = Refusals.uriInvalid(info.summary());
        return Answers.correlated(
                Answers.problem(
                        new Problem(
                                status.intValue(), problem.code(), problem.message(), null, null)),
                UUID.randomUUID().toString());
    }
}
