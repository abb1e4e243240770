package org.patchbay.connectivity.transport.mqtt;

import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Peer;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportContract;

/** The contract over MQTT: a test says which version and which broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MqttContract implements TransportContract {

    static final int RECEIVE_MAXIMUM = 10;

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "mqtt");
    private final ConnectionType type;
    private MqttBroker broker;

    MqttContract(ConnectionType type) {
        this.type = type;
    }

    abstract MqttBroker startBroker();

    @BeforeAll
    void startedBroker() {
        broker = startBroker();
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public MqttBroker broker() {
        return broker;
    }

    @Override
    public Transport transport() {
        return new MqttTransport(
                MqttConnections.config(broker.keepsReceiveMaximum() ? RECEIVE_MAXIMUM : 65_535));
    }

    @Override
    public Connection connection(String id, String uri, List<String> addresses) {
        return MqttConnections.connection(
                id, type, uri, Map.of(), MqttConnections.source(1, addresses));
    }

    /** MQTT 3.1.1 has no word for it: it is the broker that bounds. */
    @Override
    public int unsettledMax() {
        return type == ConnectionType.MQTT_5 && broker.keepsReceiveMaximum()
                ? RECEIVE_MAXIMUM
                : broker.inflightWindow();
    }

    @Override
    public Peer peerAt(String address) {
        MqttProbe probe = MqttProbe.listening(broker, address);
        return new Peer() {
            @Override
            public void send(List<String> payloads) {
                payloads.forEach(payload -> probe.publish(address, payload, 1));
            }

            @Override
            public List<String> heard() {
                return probe.payloads();
            }

            @Override
            public void close() {
                probe.close();
            }
        };
    }
}
