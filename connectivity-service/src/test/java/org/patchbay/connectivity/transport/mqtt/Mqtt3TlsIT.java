package org.patchbay.connectivity.transport.mqtt;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.model.ConnectionType;

@Tag("ci")
class Mqtt3TlsIT extends MqttTls {

    Mqtt3TlsIT() {
        super(ConnectionType.MQTT);
    }
}
