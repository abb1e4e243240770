package org.patchbay.connectivity.transport.mqtt;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.page.DocumentedDefaults;
import org.patchbay.connectivity.transport.page.ProtocolPage;

class MqttDefaultsTest implements DocumentedDefaults {

    private static final MqttConfig CONFIG = MqttConfig.of(ConfigFactory.load());

    @Override
    public ProtocolPage page() {
        return ProtocolPage.named("mqtt");
    }

    @Override
    public Object options(Map<String, String> specificConfig) {
        var connection =
                Connections.of(
                        "climate",
                        ConnectionType.MQTT_5,
                        "tcp://127.0.0.1:1883",
                        specificConfig,
                        List.of(),
                        List.of());
        return MqttOptions.of(connection, 0, CONFIG);
    }

    @Override
    public Map<String, String> others() {
        return Map.of(
                "reconnectForRedelivery", "true",
                "separatePublisherClient", "true",
                "lastWillTopic", "gone");
    }
}
