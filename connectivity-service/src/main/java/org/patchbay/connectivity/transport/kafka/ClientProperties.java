package org.patchbay.connectivity.transport.kafka;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Tls;
import org.patchbay.connectivity.transport.kafka.consuming.ConsumingConfig;
import org.patchbay.connectivity.transport.kafka.way.Engines;
import org.patchbay.connectivity.transport.kafka.way.Way;

/** The library's settings for one link: what its clients have in common, and what each has. */
final class ClientProperties {

    /**
     * What an answer may hold of all partitions, so that also a slow link carries it in time. A
     * broker sends a larger message all the same, but then that one alone.
     */
    private static final int FETCH_MAX_BYTES = 1024 * 1024;

    /** Of all that waits in a producer, whose memory would else be 32 MiB a link. */
    private static final long PUBLISH_BUFFER_BYTES = 16L * 1024 * 1024;

    /** What a request may hold of a partition; the buffer has room for 256 such. */
    private static final int PUBLISH_BATCH_BYTES = 64 * 1024;

    private final KafkaOptions options;
    private final KafkaConfig config;
    private final String clientId;
    private final Map<String, Object> common = new HashMap<>();

    /**
     * @param way to the brokers
     * @param addresses that the bootstrap servers were found to have, by their endpoints
     * @throws org.patchbay.connectivity.transport.Failure where certificates or keys can't be read
     */
    ClientProperties(
            Connection connection,
            KafkaOptions options,
            KafkaConfig config,
            String clientId,
            Way way,
            Map<Endpoint, List<InetSocketAddress>> addresses) {
        this.options = options;
        this.config = config;
        this.clientId = clientId;
        Engines engines = way.engines(options.secure() ? tls(connection) : null, addresses);
        common.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                addresses.values().stream()
                        .flatMap(List::stream)
                        .map(ClientProperties::text)
                        .distinct()
                        .collect(Collectors.joining(",")));
        common.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ms(config.transferTimeout()));
        common.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                config.answerTimeout().toMillis());
        common.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, config.metadataMaxAge().toMillis());
        common.put(
                CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG,
                config.connectionIdleMax().toMillis());
        common.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        common.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        common.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                protocol(engines != null, options.mechanism() != null));
        if (engines != null) {
            common.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, TlsEngines.class);
            common.put(TlsEngines.ENGINES, engines);
        }
        if (options.mechanism() != null) {
            Endpoint like = options.servers().getFirst();
            common.put(SaslConfigs.SASL_MECHANISM, options.mechanism());
            common.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    login(options.mechanism(), like.username(), like.password()));
        }
    }

    private static Engines tls(Connection connection) {
        SSLContext context = Tls.context(connection);
        return (host, port) -> Tls.engine(connection, context, host, port);
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
                + ":"
                + address.getPort();
    }

    private static String protocol(boolean engines, boolean sasl) {
        return engines ? sasl ? "SASL_SSL" : "SSL" : sasl ? "SASL_PLAINTEXT" : "PLAINTEXT";
    }

    private static String login(
            String mechanism, @Nullable String username, @Nullable Secret password) {
        Class<?> module =
                mechanism.equals("PLAIN") ? PlainLoginModule.class : ScramLoginModule.class;
        return "%s required username=%s password=%s;"
                .formatted(
                        module.getName(),
                        quoted(username == null ? "" : username),
                        quoted(password == null ? "" : password.reveal()));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static int ms(Duration duration) {
        return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }

    private Map<String, Object> with(String purpose) {
        Map<String, Object> all = new HashMap<>(common);
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + purpose);
        return all;
    }

    Map<String, Object> admin(Duration answerTimeout) {
        Map<String, Object> all = with("-admin");
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ms(answerTimeout));
        all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ms(answerTimeout));
        return all;
    }

    /**
     * @param number which of the link's consumers it is
     */
    Map<String, Object> consumer(int number) {
        ConsumingConfig consuming = config.consuming();
        Map<String, Object> all = with("-consumer-" + number);
        all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ms(config.answerTimeout()));
        all.put(ConsumerConfig.GROUP_ID_CONFIG, options.groupId());
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where what was committed last is no more: whatever is left comes, not only what is new.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // A rebalance takes no partition away from a consumer that keeps it.
        all.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class));
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, consuming.unsettledMax());
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, ms(consuming.fetchMaxWait()));
        all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, ms(consuming.sessionTimeout()));
        all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, ms(consuming.heartbeatInterval()));
        return all;
    }

    /** All replicas in sync have a message before it counts as published, and have it once. */
    Map<String, Object> producer() {
        Map<String, Object> all = with("-producer");
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Nothing waits for company, for what comes while a request is under way leaves together
        // with the next one: the busier a broker is, the more messages a request has.
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, PUBLISH_BATCH_BYTES);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PUBLISH_BUFFER_BYTES);
        // Whoever sends must not be made to wait: TopicLanes do that.
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0L);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ms(config.publishingTimeout()));
        return all;
    }
}
