package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.PublishResult;

/**
 * What an MQTT 5 broker has said that it does not take. It would end the link over it, and the
 * client library never answers a message that is too large; so such a message is refused here.
 */
record Restrictions(MqttQos qosMax, boolean retains, int packetBytesMax) {

    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private static final Restrictions NONE =
            new Restrictions(MqttQos.EXACTLY_ONCE, true, Integer.MAX_VALUE);

    /** None where it is not connected: what is published then fails by itself. */
    static Restrictions of(Mqtt5Client client) {
        return client.getConfig()
                .getConnectionConfig()
                .map(made -> {
                    var told = made.getRestrictionsForClient();
                    return new Restrictions(
                            told.getMaximumQos(),
                            told.isRetainAvailable(),
                            told.getSendMaximumPacketSize());
                })
                .orElse(NONE);
    }

    /** Null where the broker may take it. */
    @Nullable PublishResult refusal(Publication publication) {
        if (publication.qos().compareTo(qosMax) > 0) {
            return MqttFailures.result(
                    BAD_REQUEST,
                    "The broker takes messages up to QoS "
                            + qosMax.getCode()
                            + ", and this one has QoS "
                            + publication.qos().getCode()
                            + ".");
        }
        if (publication.retain() && !retains) {
            return MqttFailures.result(BAD_REQUEST, "The broker retains no messages.");
        }
        long bytes = publication.packetBytesMax();
        return bytes > packetBytesMax
                ? MqttFailures.result(
                        TOO_LARGE,
                        "The message is too large for the broker: it may have up to "
                                + bytes
                                + " bytes with its properties, and the broker takes "
                                + packetBytesMax
                                + ".")
                : null;
    }
}
