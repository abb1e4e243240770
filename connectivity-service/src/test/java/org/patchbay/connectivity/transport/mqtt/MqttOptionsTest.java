package org.patchbay.connectivity.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.transport.Failure;

class MqttOptionsTest {

    @Test
    void without_specific_config_the_operators_defaults_hold() {
        MqttOptions options = options(0, Map.of());

        assertThat(options)
                .isEqualTo(
                        new MqttOptions(
                                "my-connection",
                                null,
                                false,
                                Duration.ofSeconds(60),
                                true,
                                Duration.ofSeconds(60),
                                100,
                                null,
                                null));
    }

    @Test
    void a_connections_own_values_win() {
        MqttOptions options =
                options(
                        0,
                        Map.ofEntries(
                                Map.entry("clientId", "mine"),
                                Map.entry("separatePublisherClient", "true"),
                                Map.entry("cleanSession", "true"),
                                Map.entry("keepAlive", "30s"),
                                Map.entry("lastWillTopic", "gone"),
                                Map.entry("lastWillQos", "2"),
                                Map.entry("lastWillRetain", "true"),
                                Map.entry("lastWillMessage", "bye"),
                                Map.entry("somebody-elses", "value")));

        assertThat(options)
                .isEqualTo(
                        new MqttOptions(
                                "mine",
                                "minep",
                                true,
                                Duration.ofSeconds(60),
                                false,
                                Duration.ofSeconds(30),
                                100,
                                null,
                                new MqttOptions.LastWill("gone", 2, true, "bye")));
    }

    @Test
    void every_client_of_a_connection_has_an_id_of_its_own_that_stays() {
        assertThat(options(0, Map.of()).clientId()).isEqualTo("my-connection");
        assertThat(options(1, Map.of()).clientId()).isEqualTo("my-connection-1");
        assertThat(options(2, Map.of("publisherId", "p", "separatePublisherClient", "true")))
                .extracting(MqttOptions::clientId, MqttOptions::publisherId)
                .containsExactly("my-connection-2", "p-2");
    }

    @ParameterizedTest
    @CsvSource({"0, false, ", "1, false, ", "2, false, my-connectionp", "2, true, "})
    void a_target_of_qos_2_has_a_link_of_its_own_beside_a_session_that_is_kept(
            int qos, String cleanSession, @Nullable String publisherId) {
        Target target =
                new Target(
                        "out", List.of(), qos, List.of("test:device"), Map.of(), List.of(), null);
        Connection connection =
                MqttConnections.connection(
                        "my-connection",
                        "tcp://localhost:1883",
                        Map.of("cleanSession", cleanSession),
                        target);

        MqttOptions options = MqttOptions.of(connection, 0, MqttConnections.config(100));

        assertThat(options.publisherId()).isEqualTo(publisherId);
    }

    @ParameterizedTest
    @CsvSource({"mqtt.qos, my-connectionp", "MQTT.QoS, my-connectionp", "mqtt.retain, "})
    void a_target_whose_qos_is_mapped_has_a_link_of_its_own(
            String header, @Nullable String publisherId) {
        Target target =
                new Target(
                        "out",
                        List.of(),
                        0,
                        List.of("test:device"),
                        Map.of(header, "{{ header:qos }}"),
                        List.of(),
                        null);

        MqttOptions options =
                MqttOptions.of(
                        MqttConnections.connection(
                                "my-connection", "tcp://localhost:1883", Map.of(), target),
                        0,
                        MqttConnections.config(100));

        assertThat(options.publisherId()).isEqualTo(publisherId);
    }

    @ParameterizedTest
    @CsvSource({
        "true, mqtt.qos, my-connectionp",
        "true, Mqtt.Qos, my-connectionp",
        "true, mqtt.topic, ",
        "false, mqtt.qos, "
    })
    void replies_whose_qos_is_mapped_have_a_link_of_their_own(
            boolean enabled, String header, @Nullable String publisherId) {
        Source source =
                MqttConnections.source(
                        1,
                        List.of("in"),
                        new Source.ReplyTarget("out", Map.of(header, "2"), List.of(), enabled));

        assertThat(options(Map.of(), source).publisherId()).isEqualTo(publisherId);
    }

    @ParameterizedTest
    @CsvSource({
        "dead/letters, 2, false, my-connectionp",
        "dead/letters, 1, false, ",
        "dead/letters, 2, true, ",
        ", 2, false, "
    })
    void dead_letters_of_qos_2_have_a_link_of_their_own_beside_a_session_that_is_kept(
            @Nullable String address,
            String qos,
            String cleanSession,
            @Nullable String publisherId) {
        Map<String, String> own = new HashMap<>();
        own.put("dead-letter-qos", qos);
        own.put("cleanSession", cleanSession);
        if (address != null) {
            own.put("dead-letter-address", address);
        }

        assertThat(options(0, own).publisherId()).isEqualTo(publisherId);
    }

    @ParameterizedTest
    @CsvSource({
        "MQTT_5, 60s, false, PT10S",
        "MQTT_5, 60s, true, ",
        "MQTT_5, 0s, false, ",
        "MQTT, 0s, false, PT10S",
        "MQTT, 60s, true, "
    })
    void nothing_is_asked_for_again_where_no_session_is_kept(
            ConnectionType type,
            String sessionExpiry,
            String cleanSession,
            @Nullable Duration delay) {
        MqttConfig config =
                MqttConfig.of(
                        ConfigFactory.parseMap(
                                        Map.of(
                                                "ditto.connectivity.connection.mqtt"
                                                        + ".session-expiry-interval",
                                                sessionExpiry))
                                .withFallback(ConfigFactory.load()));
        Connection connection =
                MqttConnections.connection(
                        "my-connection",
                        type,
                        "tcp://localhost:1883",
                        Map.of("cleanSession", cleanSession, "reconnectForRedelivery", "true"));

        MqttOptions options = MqttOptions.of(connection, 0, config);

        assertThat(options.reconnectForRedelivery()).isEqualTo(delay);
    }

    @Test
    void the_publishing_link_keeps_no_session() {
        MqttOptions options = options(0, Map.of("separatePublisherClient", "true"));

        MqttOptions publisher = options.forPublishing("my-connectionp");

        assertThat(publisher.cleanSession()).isTrue();
        assertThat(publisher.sessionKept()).isFalse();
        assertThat(publisher.clientId()).isEqualTo("my-connectionp");
    }

    @ParameterizedTest
    @CsvSource({
        "cleanSession, maybe",
        "keepAlive, long",
        "reconnectForRedelivery, 1",
        "reconnectForRedeliveryDelay, -3s",
        "separatePublisherClient, yes"
    })
    void a_value_that_can_not_be_read_is_the_users_fault(String key, String value) {
        assertThatThrownBy(() -> options(0, Map.of(key, value)))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.blame()).isEqualTo(Failure.Blame.USER))
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({"0s, PT1S", "500ms, PT1S", "2, PT2S", "3m, PT3M"})
    void the_delay_before_redelivery_is_at_least_a_second(String text, Duration delay) {
        MqttOptions options =
                options(
                        0,
                        Map.of(
                                "reconnectForRedelivery",
                                "true",
                                "reconnectForRedeliveryDelay",
                                text));

        assertThat(options.reconnectForRedelivery()).isEqualTo(delay);
    }

    @ParameterizedTest
    @CsvSource({"0s, PT0S", "500ms, PT1S", "1500ms, PT2S", "20h, PT65535S"})
    void keep_alive_is_said_in_whole_seconds_as_many_as_there_are(String text, Duration said) {
        assertThat(options(0, Map.of("keepAlive", text)).keepAlive()).isEqualTo(said);
    }

    private static MqttOptions options(Map<String, String> specificConfig, Source source) {
        Connection connection =
                MqttConnections.connection(
                        "my-connection",
                        ConnectionType.MQTT_5,
                        "tcp://localhost:1883",
                        specificConfig,
                        source);
        return MqttOptions.of(connection, 0, MqttConnections.config(100));
    }

    private static MqttOptions options(int clientIndex, Map<String, String> specificConfig) {
        Connection connection =
                MqttConnections.connection(
                        "my-connection",
                        ConnectionType.MQTT_5,
                        "tcp://localhost:1883",
                        specificConfig,
                        MqttConnections.source(1, List.of("in")));
        return MqttOptions.of(connection, clientIndex, MqttConnections.config(100));
    }
}
