package org.patchbay.connectivity.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.EmbeddedQpid;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.protocol.json.Json;

/** The types of connections that keep a link to a broker, each with one that runs in this JVM. */
public enum LinkType {
    MQTT("mqtt", "tcp", EmbeddedMqttBroker::started),
    MQTT_5("mqtt-5", "tcp", EmbeddedMqttBroker::started),
    AMQP_091("amqp-091", "amqp", EmbeddedQpid::started),
    AMQP_10("amqp-10", "amqp", EmbeddedArtemis::started),
    KAFKA("kafka", "tcp", EmbeddedKafka::started);

    private final String wireName;
    private final String scheme;
    private final Supplier<TestBroker> broker;

    LinkType(String wireName, String scheme, Supplier<TestBroker> broker) {
        this.wireName = wireName;
        this.scheme = scheme;
        this.broker = broker;
    }

    public TestBroker startBroker() {
        return broker.get();
    }

    /**
     * A connection of this type that publishes, and consumes nothing.
     *
     * @param port on the loopback interface
     * @param name what its id ends with
     */
    public Connection at(int port, String name) {
        ObjectNode json = ConnectionJson.write(SampleConnections.open(wireName + "-" + name));
        json.put("connectionType", wireName)
                .put("uri", scheme + "://127.0.0.1:" + port)
                .putArray("sources");
        if (this == KAFKA) {
            json.putObject("specificConfig").put("bootstrapServers", "127.0.0.1:" + port);
        }
        ObjectNode target = (ObjectNode) json.at("/targets/0");
        target.put("address", "out").set("headerMapping", Json.parse("{}"));
        if (this != MQTT && this != MQTT_5) {
            target.remove("qos");
        }
        return ConnectionJson.read(json);
    }
}
