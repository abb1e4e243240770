package org.patchbay.connectivity.transport.mqtt;

import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.TlsContract;
import org.patchbay.connectivity.transport.Transport;

/** TLS over MQTT; clients show their certificates to the broker itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MqttTls implements TlsContract {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "mqtt-tls");
    private final ConnectionType type;
    private EmbeddedMqttBroker broker;

    MqttTls(ConnectionType type) {
        this.type = type;
    }

    @BeforeAll
    void startBroker() {
        broker = EmbeddedMqttBroker.startedWithTls(FOR_CLIENTS);
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
    public Transport transport() {
        return new MqttTransport(MqttConnections.config(100));
    }

    @Override
    public int plainPort() {
        return broker.port();
    }

    @Override
    public Secured securedForClients() {
        return Secured.at(broker.tlsPort());
    }

    @Override
    public String secureScheme() {
        return "ssl";
    }

    @Override
    public Connection connection(String uri) {
        return MqttConnections.connection(UUID.randomUUID().toString(), type, uri, Map.of());
    }

    @Override
    public String address() {
        return "tls/hello";
    }
}
