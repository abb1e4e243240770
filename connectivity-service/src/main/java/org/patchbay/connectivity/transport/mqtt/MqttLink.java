package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/**
 * One MQTT link of either protocol version, without reconnecting. Its futures fail with the
 * library's exceptions, which {@link MqttFailures} translates.
 */
interface MqttLink {

    /** Whoever is told what comes over the link; called by its one thread, must not block. */
    interface Listener {

        void received(Arrival arrival);

        /**
         * The link is gone or could not be made.
         *
         * @param byBroker whether it was the broker that ended it
         */
        void disconnected(Throwable cause, boolean byBroker);
    }

    /**
     * A message that came in.
     *
     * @param acknowledge tells the library, which acknowledges to the broker in order of receipt
     */
    record Arrival(
            MqttTopic topic,
            MqttQos qos,
            Headers headers,
            ByteBuffer payload,
            Runnable acknowledge) {}

    CompletableFuture<?> connect();

    /** How many messages of QoS 1 and 2 the broker lets us send before it has taken one. */
    int sendMaximum();

    CompletableFuture<?> subscribe(List<String> filters, MqttQos qos);

    CompletableFuture<?> unsubscribe(List<String> filters);

    /** Completes with the result, never fails. */
    CompletableFuture<PublishResult> publish(Publication publication);

    /** Ends it in order, or the attempt to make it at once; idempotent. */
    CompletableFuture<?> disconnect();
}
