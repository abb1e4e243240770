package org.patchbay.connectivity.transport.amqp091;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.Amqp091Probe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Peer;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportContract;

/**
 * The contract over AMQP 0.9.1: a test says which broker. An address is the name of a queue to
 * consume, and read as exchange and routing key to publish to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Amqp091Contract implements TransportContract {

    static final Amqp091Config CONFIG = new Amqp091Config(10, Duration.ofSeconds(30), 8);

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp091");
    private Amqp091Broker broker;

    abstract Amqp091Broker startBroker();

    @BeforeAll
    void startedBroker() {
        broker = startBroker();
        try (Amqp091Probe probe = Amqp091Probe.at(broker)) {
            probe.declareExchange("contract");
            if (broker.forbiddenAddress() != null) {
                probe.declareQueue(broker.forbiddenAddress(), Map.of());
            }
        }
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
    public Amqp091Broker broker() {
        return broker;
    }

    @Override
    public Transport transport() {
        return new Amqp091Transport(CONFIG);
    }

    /** Its queues are there, as they have to be for it. */
    @Override
    public Connection connection(String id, String uri, List<String> addresses) {
        try (Amqp091Probe probe = Amqp091Probe.at(broker)) {
            addresses.forEach(address -> probe.declareQueue(address, Map.of()));
        }
        return Connections.of(
                id,
                ConnectionType.AMQP_091,
                uri,
                Map.of(),
                List.of(Connections.source(null, addresses)),
                List.of());
    }

    @Override
    public int unsettledMax() {
        return CONFIG.prefetch();
    }

    @Override
    public Peer peerAt(String address) {
        Destination heard = Destination.of(address);
        Amqp091Probe probe =
                Amqp091Probe.at(broker)
                        .declareQueue(address, Map.of())
                        .listen(heard.exchange(), heard.routingKey());
        return new Peer() {
            @Override
            public void send(List<String> payloads) {
                var properties = new BasicProperties.Builder().deliveryMode(2).build();
                payloads.forEach(payload -> probe.send(address, payload, properties));
            }

            @Override
            public List<String> heard() {
                return probe.heard().stream().map(Amqp091Probe.Heard::payload).toList();
            }

            @Override
            public void close() {
                probe.close();
            }
        };
    }
}
