package org.patchbay.connectivity.broker;

import org.jspecify.annotations.Nullable;

/** What both MQTT brokers have in common. */
public interface MqttBroker extends TestBroker {

    String FORBIDDEN = "forbidden";

    @Override
    default String scheme() {
        return "tcp";
    }

    @Override
    default @Nullable String forbiddenAddress() {
        return FORBIDDEN + "/topic";
    }

    /**
     * How many messages of QoS 1 it sends to a client that does not acknowledge and has not said
     * how many.
     */
    int inflightWindow();

    /**
     * Whether it keeps to the maximum that an MQTT 5 client says: mosquitto 2.0.11 sends its whole
     * queue on once the first acknowledgement has come.
     */
    boolean keepsReceiveMaximum();
}
