package org.patchbay.connectivity.model.validation.type;

import static java.util.Map.entry;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchbay.connectivity.model.option.OptionKind;

/**
 * The options of AMQP 1.0 connections: those of the JMS client that speaks it. Its times are in
 * milliseconds, its sizes in bytes; -1 mostly stands for no limit.
 */
final class JmsOptions {

    private static final OptionKind FLAG = OptionKind.FLAG;
    private static final OptionKind TEXT = OptionKind.TEXT;
    private static final OptionKind NUMBER = OptionKind.numberFrom(-1);
    private static final OptionKind COUNT = OptionKind.numberFrom(0);

    /** Options for each of several servers are written with this in front. */
    private static final String NESTED = "failover.nested.";

    private static final Map<String, OptionKind> JMS =
            Map.ofEntries(
                    entry("jms.username", TEXT),
                    entry("jms.password", TEXT),
                    entry("jms.clientID", TEXT),
                    entry("jms.clientIDPrefix", TEXT),
                    entry("jms.connectionIDPrefix", TEXT),
                    entry("jms.queuePrefix", TEXT),
                    entry("jms.topicPrefix", TEXT),
                    entry("jms.forceAsyncSend", FLAG),
                    entry("jms.forceSyncSend", FLAG),
                    entry("jms.forceAsyncAcks", FLAG),
                    entry("jms.localMessageExpiry", FLAG),
                    entry("jms.localMessagePriority", FLAG),
                    entry("jms.validatePropertyNames", FLAG),
                    entry("jms.receiveLocalOnly", FLAG),
                    entry("jms.receiveNoWaitLocalOnly", FLAG),
                    entry("jms.populateJMSXUserID", FLAG),
                    entry("jms.awaitClientID", FLAG),
                    entry("jms.useDaemonThread", FLAG),
                    entry("jms.closeTimeout", NUMBER),
                    entry("jms.connectTimeout", NUMBER),
                    entry("jms.sendTimeout", NUMBER),
                    entry("jms.requestTimeout", NUMBER),
                    entry("jms.prefetchPolicy.all", COUNT),
                    entry("jms.prefetchPolicy.queuePrefetch", COUNT),
                    entry("jms.prefetchPolicy.topicPrefetch", COUNT),
                    entry("jms.prefetchPolicy.queueBrowserPrefetch", COUNT),
                    entry("jms.prefetchPolicy.durableTopicPrefetch", COUNT),
                    entry("jms.redeliveryPolicy.maxRedeliveries", NUMBER),
                    entry(
                            "jms.redeliveryPolicy.outcome",
                            OptionKind.oneOf(
                                    "ACCEPTED",
                                    "REJECTED",
                                    "RELEASED",
                                    "MODIFIED_FAILED",
                                    "MODIFIED_FAILED_UNDELIVERABLE")),
                    entry(
                            "jms.messageIDPolicy.messageIDType",
                            OptionKind.oneOf(
                                    "DEFAULT", "UUID", "UUID_STRING", "PREFIXED_UUID_STRING")),
                    entry("jms.presettlePolicy.presettleAll", FLAG),
                    entry("jms.presettlePolicy.presettleProducers", FLAG),
                    entry("jms.presettlePolicy.presettleTopicProducers", FLAG),
                    entry("jms.presettlePolicy.presettleQueueProducers", FLAG),
                    entry("jms.presettlePolicy.presettleTransactedProducers", FLAG),
                    entry("jms.presettlePolicy.presettleConsumers", FLAG),
                    entry("jms.presettlePolicy.presettleTopicConsumers", FLAG),
                    entry("jms.presettlePolicy.presettleQueueConsumers", FLAG));

    private static final Map<String, OptionKind> TRANSPORT =
            Map.ofEntries(
                    entry("transport.keyStorePassword", TEXT),
                    entry("transport.trustStorePassword", TEXT),
                    entry("transport.sendBufferSize", COUNT),
                    entry("transport.receiveBufferSize", COUNT),
                    entry("transport.trafficClass", OptionKind.number(0, 255)),
                    entry("transport.connectTimeout", NUMBER),
                    entry("transport.soTimeout", NUMBER),
                    entry("transport.soLinger", NUMBER),
                    entry("transport.tcpKeepAlive", FLAG),
                    entry("transport.tcpNoDelay", FLAG),
                    entry("transport.useEpoll", FLAG),
                    entry("transport.useKQueue", FLAG),
                    entry("transport.trustAll", FLAG),
                    entry("transport.verifyHost", FLAG));

    private static final Map<String, OptionKind> AMQP =
            Map.ofEntries(
                    entry("amqp.idleTimeout", NUMBER),
                    entry("amqp.saslLayer", FLAG),
                    entry(
                            "amqp.saslMechanisms",
                            OptionKind.listOf(
                                    OptionKind.oneOf(
                                            "EXTERNAL",
                                            "SCRAM-SHA-512",
                                            "SCRAM-SHA-256",
                                            "SCRAM-SHA-1",
                                            "CRAM-MD5",
                                            "PLAIN",
                                            "XOAUTH2",
                                            "ANONYMOUS",
                                            "GSSAPI"))),
                    // The smallest frame that AMQP 1.0 lets a peer ask for
                    entry("amqp.maxFrameSize", OptionKind.numberFrom(512)),
                    entry("amqp.drainTimeout", NUMBER),
                    entry("amqp.allowNonSecureRedirects", FLAG),
                    entry("amqp.traceFrames", FLAG));

    private static final Map<String, OptionKind> FAILOVER =
            Map.ofEntries(
                    entry("failover.initialReconnectDelay", COUNT),
                    entry("failover.reconnectDelay", COUNT),
                    entry("failover.maxReconnectDelay", COUNT),
                    entry("failover.useReconnectBackOff", FLAG),
                    entry("failover.maxReconnectAttempts", NUMBER),
                    entry("failover.startupMaxReconnectAttempts", NUMBER),
                    entry("failover.warnAfterReconnectAttempts", NUMBER),
                    entry("failover.randomize", FLAG),
                    entry(
                            "failover.amqpOpenServerListAction",
                            OptionKind.oneOf("REPLACE", "ADD", "IGNORE")));

    static final Map<String, OptionKind> ALL =
            Stream.of(JMS, TRANSPORT, AMQP, FAILOVER)
                    .flatMap(some -> some.entrySet().stream())
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private JmsOptions() {}

    /** The name under which an option is known. */
    static String plain(String name) {
        return name.startsWith(NESTED) ? name.substring(NESTED.length()) : name;
    }
}
