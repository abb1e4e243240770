package org.patchbay.connectivity.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;

class MqttTrialTest {

    @Test
    void is_a_client_of_its_own_that_keeps_nothing_and_leaves_no_will() {
        Connection trial =
                trial(
                        Map.of(
                                "clientId", "me",
                                "publisherId", "me-too",
                                "cleanSession", "false",
                                "lastWillTopic", "gone",
                                "lastWillMessage", "bye",
                                "keepAlive", "30s"));

        MqttOptions options = MqttOptions.of(trial, 0, MqttConnections.config(100));
        assertThat(options.clientId()).startsWith("me-trial-");
        assertThat(options.cleanSession()).isTrue();
        assertThat(options.lastWill()).isNull();
        assertThat(options.keepAlive()).hasSeconds(30);
        assertThat(trial.specificConfig()).doesNotContainKey("publisherId");
    }

    @Test
    void two_trials_are_two_clients() {
        assertThat(trial(Map.of()).specificConfig().get("clientId"))
                .isNotEqualTo(trial(Map.of()).specificConfig().get("clientId"));
    }

    @Test
    void takes_no_share_of_a_shared_subscription() {
        assertThat(trial(Map.of()).sources().getFirst().addresses())
                .containsExactly("a/+/b", "devices/#", "$shared/x/y", "$SYS/#");
    }

    private static Connection trial(Map<String, String> specificConfig) {
        return MqttTrial.of(
                MqttConnections.connection(
                        "an-id",
                        ConnectionType.MQTT_5,
                        "tcp://127.0.0.1:1",
                        specificConfig,
                        MqttConnections.source(
                                1,
                                List.of(
                                        "a/+/b",
                                        "$share/group/devices/#",
                                        "$shared/x/y",
                                        "$SYS/#"))));
    }
}
