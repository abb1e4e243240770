package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Secret;

/**
 * What a link of either version is made with.
 *
 * @param secured null for a link without TLS
 */
record LinkSetup(
        MqttOptions options,
        InetSocketAddress address,
        @Nullable Secured secured,
        @Nullable String username,
        @Nullable Secret password,
        Duration connectTimeout,
        EventLoops eventLoops) {

    private static final Duration SOCKET_TIMEOUT_MAX = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT_MAX = Duration.ofSeconds(20);

    LinkSetup with(MqttOptions others) {
        return new LinkSetup(
                others, address, secured, username, password, connectTimeout, eventLoops);
    }

    MqttClientBuilder builder(MqttLink.Listener listener) {
        return MqttClient.builder()
                .identifier(options.clientId())
                .transportConfig()
                .serverAddress(address)
                .socketConnectTimeout(atMost(SOCKET_TIMEOUT_MAX), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(atMost(CONNECT_TIMEOUT_MAX), TimeUnit.MILLISECONDS)
                .sslConfig(secured == null ? null : secured.config())
                .applyTransportConfig()
                .addDisconnectedListener(gone ->
                        listener.disconnected(
                                gone.getCause(), gone.getSource() == MqttDisconnectSource.SERVER))
                .executorConfig(
                        MqttClientExecutorConfig.builder().nettyExecutor(eventLoops).build());
    }

    private long atMost(Duration most) {
        return Math.min(most.toMillis(), connectTimeout.toMillis());
    }

    /**
     * How a TLS link is made.
     *
     * @param checkHostName whether the broker's certificate must be issued for its host name
     */
    record Secured(
            TrustManagerFactory trust,
            @Nullable KeyManagerFactory identity,
            boolean checkHostName) {

        private MqttClientSslConfig config() {
            var config =
                    MqttClientSslConfig.builder()
                            .trustManagerFactory(trust)
                            .keyManagerFactory(identity);
            return checkHostName
                    ? config.build()
                    : config.hostnameVerifier((host, session) -> true).build();
        }
    }
}
