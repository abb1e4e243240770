package org.patchbay.connectivity.transport.mqtt;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.model.ConnectionType;

@Tag("ci")
class Mqtt5TlsIT extends MqttTls {

    Mqtt5TlsIT() {
        super(ConnectionType.MQTT_5);
    }
}
