package org.patchbay.connectivity.transport.amqp10;

import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.qpid.jms.JmsQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Amqp10Probe;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Peer;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportContract;

/** The contract over AMQP 1.0: a test says which broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Amqp10Contract implements TransportContract {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp10");
    private TestBroker broker;

    abstract TestBroker startBroker();

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
    public TestBroker broker() {
        return broker;
    }

    @Override
    public Transport transport() {
        return Amqp10Connections.transport();
    }

    @Override
    public Connection connection(String id, String uri, List<String> addresses) {
        return Amqp10Connections.connection(id, uri, Map.of(), addresses);
    }

    @Override
    public int unsettledMax() {
        return Amqp10Connections.CONFIG.unsettledMax();
    }

    Amqp10Probe probe() {
        return Amqp10Probe.at(broker);
    }

    @Override
    public Peer peerAt(String address) {
        Amqp10Probe probe = probe();
        return new Peer() {
            @Override
            public void send(List<String> payloads) {
                probe.sendAll(address, payloads);
            }

            /** A queue gives a message to one alone, so that nobody listens without being asked. */
            @Override
            public List<String> heard() {
                if (!probe.isListening()) {
                    probe.listen(new JmsQueue(address));
                }
                return probe.payloads();
            }

            @Override
            public void close() {
                probe.close();
            }
        };
    }
}
