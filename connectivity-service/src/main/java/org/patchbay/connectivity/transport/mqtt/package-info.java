/**
 * MQTT 3.1.1 and 5 on HiveMQ's client library.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.mqtt.MqttTransportClient}; the two
 * protocol versions differ in {@code Mqtt3Link} and {@code Mqtt5Link} only, which alone know the
 * library's messages. What a connection may configure stands in {@code MqttOptions}. {@code
 * EventLoops} and {@code Hold} are there to end what is not connected yet.
 */
@NullMarked
package org.patchbay.connectivity.transport.mqtt;

import org.jspecify.annotations.NullMarked;
