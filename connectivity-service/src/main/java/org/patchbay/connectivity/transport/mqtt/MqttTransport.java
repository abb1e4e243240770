package org.patchbay.connectivity.transport.mqtt;

import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/** MQTT 3.1.1 and 5, as the connection's type says. */
public final class MqttTransport implements Transport {

    private final MqttConfig config;

    public MqttTransport(MqttConfig config) {
        this.config = config;
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        return new MqttTransportClient(connection, context, config);
    }

    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        // What the trial leaves out must be right too.
        MqttOptions.of(connection, context.clientIndex(), config);
        return new MqttTransportClient(MqttTrial.of(connection), context, config);
    }
}
