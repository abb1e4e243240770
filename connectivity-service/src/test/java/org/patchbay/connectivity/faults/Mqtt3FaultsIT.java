package org.patchbay.connectivity.faults;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.model.ConnectionType;

@Tag("ci")
class Mqtt3FaultsIT extends MqttFaults {

    Mqtt3FaultsIT() {
        super(ConnectionType.MQTT);
    }
}
