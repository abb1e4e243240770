package org.patchbay.connectivity.faults;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.model.ConnectionType;

@Tag("ci")
class Mqtt5FaultsIT extends MqttFaults {

    Mqtt5FaultsIT() {
        super(ConnectionType.MQTT_5);
    }
}
