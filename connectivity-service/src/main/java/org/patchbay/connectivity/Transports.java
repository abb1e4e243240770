package org.patchbay.connectivity;

import com.typesafe.config.Config;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.amqp091.Amqp091Config;
import org.patchbay.connectivity.transport.amqp091.Amqp091Transport;
import org.patchbay.connectivity.transport.amqp10.Amqp10Config;
import org.patchbay.connectivity.transport.amqp10.Amqp10Transport;
import org.patchbay.connectivity.transport.hono.HonoConfig;
import org.patchbay.connectivity.transport.hono.HonoTransport;
import org.patchbay.connectivity.transport.http.HttpConfig;
import org.patchbay.connectivity.transport.http.HttpTransport;
import org.patchbay.connectivity.transport.kafka.KafkaConfig;
import org.patchbay.connectivity.transport.kafka.KafkaTransport;
import org.patchbay.connectivity.transport.mqtt.MqttConfig;
import org.patchbay.connectivity.transport.mqtt.MqttTransport;
import org.patchbay.connectivity.transport.tunnel.TunnelConfig;

/** Which transport opens connections of which type: the one place where all of them are known. */
public final class Transports {

    private final Transport mqtt;
    private final Transport amqp091;
    private final Transport amqp10;
    private final Transport kafka;
    private final Transport hono;
    private final Transport http;

    /**
     * @param config of the actor system
     */
    public Transports(Config config) {
        mqtt = new MqttTransport(MqttConfig.of(config));
        amqp091 = new Amqp091Transport(Amqp091Config.of(config));
        amqp10 = new Amqp10Transport(Amqp10Config.of(config));
        kafka = new KafkaTransport(KafkaConfig.of(config));
        hono = new HonoTransport(HonoConfig.of(config), kafka);
        http = new HttpTransport(HttpConfig.of(config));
    }

    /** Reads the settings of all transports; fails where one is wrong. */
    static void checkSettings(Config config) {
        MqttConfig.of(config);
        Amqp091Config.of(config);
        Amqp10Config.of(config);
        KafkaConfig.of(config);
        HonoConfig.of(config);
        HttpConfig.of(config);
        TunnelConfig.of(config);
    }

    /** The transport for a type. */
    public Transport of(ConnectionType type) {
        return switch (type) {
            case MQTT, MQTT_5 -> mqtt;
            case AMQP_091 -> amqp091;
            case AMQP_10 -> amqp10;
            case KAFKA -> kafka;
            case HONO -> hono;
            case HTTP_PUSH -> http;
        };
    }
}
