package org.patchbay.connectivity.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
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
                                Map.entry("reconnectForRedelivery", "true"),
                                Map.entry("reconnectForRedeliveryDelay", "5s"),
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
                                Duration.ofSeconds(30),
                                100,
                                Duration.ofSeconds(5),
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

    @Test
    void the_publishing_link_keeps_no_session() {
        MqttOptions options = options(0, Map.of("separatePublisherClient", "true"));

        MqttOptions publisher = options.forPublishing("my-connectionp");

        assertThat(publisher.cleanSession()).isTrue();
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
