package org.patchbay.gateway.twins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** Makes HTTP answers of the signals that answer a request. */
final class SignalAnswers {

    /**
     * Headers of a signal that mean nothing to whoever sent the request, or that HTTP itself sets.
     */
    private static final List<String> NOT_SHOWN =
            List.of(
                    "accept",
                    "connection",
                    "content-encoding",
                    "content-length",
                    HeaderDefinition.CONTENT_TYPE,
                    "date",
                    "host",
                    HeaderDefinition.ORIGINATOR,
                    HeaderDefinition.REPLY_TO,
                    HeaderDefinition.REQUESTED_ACKS,
                    HeaderDefinition.RESPONSE_REQUIRED,
                    "server",
                    "transfer-encoding",
                    HeaderDefinition.VERSION,
                    "www-authenticate");

    private SignalAnswers() {}

    /**
     * The answer of a twin.
     *
     * @param location where it would be found, if it was created
     */
    static HttpResponse of(Exchange exchange, Signal signal, String location) {
        int status = signal.status() == null ? 200 : signal.status();
        if (signal.topic().channel() == Channel.LIVE
                && signal.topic().criterion() == Criterion.MESSAGES) {
            return Answers.with(MessagePayload.answer(status, signal), shown(signal.headers()));
        }
        JsonNode value = signal.value();
        HttpResponse answer = value == null ? Answers.empty(status) : Answers.json(status, value);
        if (status == 201) {
            answer = answer.addHeader(Answers.location(exchange, location));
        }
        return Answers.with(answer, shown(signal.headers()));
    }

    /** What came in time, of several things that were waited for. */
    static HttpResponse of(
            Exchange exchange,
            Set<String> expected,
            Map<String, Signal> replies,
            Duration waited,
            String location) {
        Signal twin = replies.get(AckLabels.TWIN_PERSISTED);
        if (twin != null && twin.isError()) {
            return of(exchange, twin, location);
        }
        if (expected.size() > 1) {
            return aggregated(exchange, expected, replies, waited);
        }
        String label = expected.iterator().next();
        Signal reply = replies.get(label);
        if (reply != null) {
            return of(exchange, reply, location);
        }
        return Answers.problem(
                label.equals(AckLabels.LIVE_RESPONSE)
                        ? Refusals.commandTimeout(waited)
                        : missing(label, waited));
    }

    private static HttpResponse aggregated(
            Exchange exchange, Set<String> expected, Map<String, Signal> replies, Duration waited) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        List<Integer> statuses = new ArrayList<>();
        for (String label : expected) {
            Signal reply = replies.get(label);
            ObjectNode one = all.putObject(label);
            if (reply == null) {
                Problem problem = missing(label, waited);
                statuses.add(problem.status());
                one.put("status", problem.status());
                one.set("payload", problem.toJson());
                one.putObject("headers")
                        .put(HeaderDefinition.CORRELATION_ID, exchange.correlationId())
                        .put(HeaderDefinition.RESPONSE_REQUIRED, false);
            } else {
                int status = reply.status() == null ? 200 : reply.status();
                statuses.add(status);
                one.put("status", status);
                if (reply.value() != null && !(reply.value() instanceof NullNode)) {
                    one.set("payload", reply.value());
                }
                one.set("headers", Envelope.writeHeaders(reply.headers()));
            }
        }
        boolean allWell = statuses.stream().allMatch(status -> status >= 200 && status < 300);
        return Answers.json(allWell ? 200 : 424, all);
    }

    private static Problem missing(String label, Duration waited) {
        return Problem.of(
                        408,
                        "acknowledgement:request.timeout",
                        "The acknowledgement '"
                                + label
                                + "' did not come within "
                                + waited.toMillis()
                                + " ms.")
                .describedBy("A longer wait is asked for with the parameter 'timeout'.");
    }

    private static Headers shown(Headers headers) {
        return headers.without(NOT_SHOWN);
    }
}
