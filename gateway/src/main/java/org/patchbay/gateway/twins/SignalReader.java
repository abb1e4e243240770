package org.patchbay.gateway.twins;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.http.EntityTags;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;

/**
 * Makes requests signals: the topic from the resource, the headers from headers and query
 * parameters.
 */
final class SignalReader {

    /**
     * Headers that belong to the link between client and server, or that only the server may set.
     */
    private static final Set<String> NOT_FORWARDED =
            Set.of(
                    "accept-charset",
                    "accept-encoding",
                    "accept-language",
                    "authorization",
                    "cache-control",
                    "connection",
                    "content-length",
                    "cookie",
                    "date",
                    "dnt",
                    "expect",
                    "forwarded",
                    "host",
                    "keep-alive",
                    "origin",
                    "pragma",
                    "priority",
                    "proxy-authorization",
                    "referer",
                    "te",
                    "timeout-access",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "upgrade-insecure-requests",
                    "user-agent",
                    "via",
                    "x-ditto-pre-authenticated",
                    "x-real-ip");

    private static final List<String> NOT_FORWARDED_PREFIXES =
            List.of("ditto-", "sec-", "x-forwarded-");

    /** Query parameters that stand for the header of their name. */
    private static final Set<String> PARAMETERS_AS_HEADERS =
            Set.of(
                    HeaderDefinition.ALLOW_POLICY_LOCKOUT,
                    "at-historical-revision",
                    "at-historical-timestamp",
                    HeaderDefinition.CONDITION,
                    HeaderDefinition.DECLARED_ACKS,
                    "delete-metadata",
                    "get-metadata",
                    HeaderDefinition.LIVE_CHANNEL_CONDITION,
                    "live-channel-timeout-strategy",
                    "merge-thing-patch-conditions",
                    "policy-view",
                    HeaderDefinition.PUT_METADATA,
                    HeaderDefinition.REQUESTED_ACKS,
                    HeaderDefinition.RESPONSE_REQUIRED,
                    HeaderDefinition.TIMEOUT);

    private SignalReader() {}

    /** A command to the twin or, with {@code channel=live}, to the device. */
    static Signal command(
            Exchange exchange,
            Group group,
            String id,
            String action,
            JsonPointer path,
            @Nullable JsonNode value,
            Waiting waiting) {
        TopicPath topic = topic(group, id, channel(exchange, group), Criterion.COMMANDS, action);
        Signal signal = Signal.command(topic, path, headers(exchange, waiting), value);
        String fields = exchange.parameter("fields");
        return fields == null || fields.isBlank()
                ? signal
                : signal.withFields(FieldSelector.parse(fields));
    }

    static TopicPath topic(
            Group group, String id, Channel channel, Criterion criterion, String action) {
        int colon = id.indexOf(':');
        if (colon < 0) {
            throw idInvalid(group, id).asException();
        }
        return new TopicPath(
                id.substring(0, colon), id.substring(colon + 1), group, channel, criterion, action);
    }

    static Problem idInvalid(Group group, String id) {
        return Problem.of(
                        400,
                        group.name().toLowerCase(Locale.ROOT) + ":id.invalid",
                        "'" + id + "' is not a valid id.")
                .describedBy("An id has the form namespace:name.");
    }

    static Headers headers(Exchange exchange, Waiting waiting) {
        Map<String, String> values = new LinkedHashMap<>();
        exchange.headers()
                .forEach((name, value) -> {
                    if (isForwarded(name)) {
                        values.put(name, value);
                    }
                });
        exchange.parameters()
                .forEach((name, value) -> {
                    if (PARAMETERS_AS_HEADERS.contains(name)) {
                        values.put(name, value);
                    }
                });
        EntityTags.check(HeaderDefinition.IF_MATCH, values.get(HeaderDefinition.IF_MATCH));
        EntityTags.check(
                HeaderDefinition.IF_NONE_MATCH, values.get(HeaderDefinition.IF_NONE_MATCH));
        if (!exchange.contentType().isEmpty()) {
            values.put(HeaderDefinition.CONTENT_TYPE, contentType(exchange));
        }
        if (values.containsKey(HeaderDefinition.REQUESTED_ACKS)) {
            Set<String> labels = AckLabels.parse(values.get(HeaderDefinition.REQUESTED_ACKS));
            values.put(HeaderDefinition.REQUESTED_ACKS, AckLabels.write(labels));
        }
        values.put(HeaderDefinition.RESPONSE_REQUIRED, String.valueOf(waiting.answered()));
        return Headers.of(values);
    }

    private static boolean isForwarded(String name) {
        return !NOT_FORWARDED.contains(name)
                && NOT_FORWARDED_PREFIXES.stream().noneMatch(name::startsWith);
    }

    /** With its parameters: a charset may matter to whoever gets a message. */
    private static String contentType(Exchange exchange) {
        return exchange.request().entity().getContentType().toString();
    }

    private static Channel channel(Exchange exchange, Group group) {
        if (group != Group.THINGS) {
            return Channel.NONE;
        }
        return switch (exchange.parameterOrHeader("channel")) {
            case null -> Channel.TWIN;
            case "twin" -> Channel.TWIN;
            case "live" -> Channel.LIVE;
            case String other ->
                    throw Problems.headerInvalid(
                                    "channel", "'" + other + "' is neither twin nor live")
                            .asException();
        };
    }
}
