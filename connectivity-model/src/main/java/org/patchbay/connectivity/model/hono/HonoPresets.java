package org.patchbay.connectivity.model.hono;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Source.ReplyTarget;
import org.patchbay.connectivity.model.Target;

/**
 * Fills in what an operator need not write into a Hono connection: where Hono's Kafka is, how one
 * authenticates there, what its topics are called, and which headers Hono reads.
 *
 * <p>What stands here can't be said otherwise; headers that the operator maps beside those stay as
 * he wrote them.
 */
public final class HonoPresets {

    private static final String COMMAND = "command";
    private static final String COMMAND_RESPONSE = "command_response";
    private static final String TENANT = "honoTenantId";
    private static final String GROUP = "groupId";

    private static final Map<String, String> COMMAND_HEADERS =
            inOrder(
                    "device_id", "{{ thing:id }}",
                    "subject", "{{ header:subject | fn:default(topic:action-subject) }}",
                    "response-required", "{{ header:response-required }}",
                    "correlation-id", "{{ header:correlation-id }}");

    /** A device that sent a message gets the answer to it as a one-way command. */
    private static final Map<String, String> REPLY_HEADERS =
            inOrder(
                    "device_id", "{{ thing:id }}",
                    "subject",
                            "{{ header:subject | fn:default(topic:action-subject)"
                                    + " | fn:default(topic:criterion) }}-response",
                    "correlation-id", "{{ header:correlation-id }}");

    private static final Map<String, String> REPLY_TO_RESPONSE_HEADERS =
            inOrder(
                    "correlation-id", "{{ header:correlation-id }}",
                    "status", "{{ header:status }}");

    private HonoPresets() {}

    /**
     * The connection that runs: one of type {@code hono} still, with everything that the Kafka
     * transport has to know.
     */
    public static Connection resolve(Connection hono, HonoSettings settings) {
        String tenant = hono.specificConfig().getOrDefault(TENANT, hono.id());
        return new Connection(
                hono.id(),
                hono.name(),
                hono.type(),
                hono.status(),
                uri(settings),
                hono.sources().stream().map(source -> source(source, tenant)).toList(),
                hono.targets().stream().map(target -> target(target, tenant)).toList(),
                hono.sshTunnel(),
                hono.clientCount(),
                hono.failoverEnabled(),
                settings.validateCertificates(),
                hono.processorPoolSize(),
                specificConfig(hono, settings),
                hono.mappingDefinitions(),
                hono.tags(),
                settings.ca() == null ? hono.ca() : settings.ca(),
                hono.credentials());
    }

    private static ConnectionUri uri(HonoSettings settings) {
        @Nullable String username = settings.username();
        return username == null
                ? settings.baseUri()
                : settings.baseUri().as(username, settings.password());
    }

    /** Where Kafka is can't be overridden, as which group it is consumed can. */
    private static Map<String, String> specificConfig(Connection hono, HonoSettings settings) {
        Map<String, String> options = new LinkedHashMap<>(hono.specificConfig());
        options.put("saslMechanism", settings.saslMechanism());
        options.put("bootstrapServers", settings.bootstrapServers());
        options.putIfAbsent(GROUP, hono.id());
        return options;
    }

    private static Source source(Source source, String tenant) {
        return new Source(
                source.addresses().stream().map(alias -> topic(alias, tenant)).toList(),
                source.consumerCount(),
                source.qos(),
                source.authorizationContext(),
                source.enforcement(),
                source.headerMapping(),
                source.payloadMapping(),
                source.acknowledgementRequests(),
                source.declaredAcks(),
                replyTarget(source, tenant));
    }

    private static ReplyTarget replyTarget(Source source, String tenant) {
        ReplyTarget given = source.replyTarget();
        return new ReplyTarget(
                given.address().equals(COMMAND) ? commandAddress(tenant) : given.address(),
                merge(replyHeaders(source.addresses()), given.headerMapping()),
                given.expectedResponseTypes(),
                given.enabled());
    }

    private static Map<String, String> replyHeaders(List<String> aliases) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String alias : aliases) {
            headers.putAll(
                    alias.equals(COMMAND_RESPONSE) ? REPLY_TO_RESPONSE_HEADERS : REPLY_HEADERS);
        }
        return headers;
    }

    private static Target target(Target target, String tenant) {
        return new Target(
                target.address().equals(COMMAND) ? commandAddress(tenant) : target.address(),
                target.topics(),
                target.qos(),
                target.authorizationContext(),
                merge(COMMAND_HEADERS, target.headerMapping()),
                target.payloadMapping(),
                target.issuedAcknowledgementLabel());
    }

    /** Commands are keyed by their thing, which keeps their order. */
    private static String commandAddress(String tenant) {
        return topic(COMMAND, tenant) + "/{{thing:id}}";
    }

    private static String topic(String alias, String tenant) {
        return "hono." + alias + "." + tenant;
    }

    private static Map<String, String> merge(Map<String, String> preset, Map<String, String> own) {
        Map<String, String> merged = new LinkedHashMap<>(preset);
        own.forEach(merged::putIfAbsent);
        return merged;
    }

    private static Map<String, String> inOrder(String... namesAndValues) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }
}
