package org.patchbay.connectivity.transport.kafka;

import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.KafkaProbe;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Peer;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportContract;

/** The contract over Kafka: an address is a topic. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaWithEmbeddedIT implements TransportContract {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "kafka");
    private EmbeddedKafka broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedKafka.started();
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        broker.close();
    }

    @Override
    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public TestBroker broker() {
        return broker;
    }

    EmbeddedKafka kafka() {
        return broker;
    }

    @Override
    public Transport transport() {
        return new KafkaTransport(KafkaConnections.config());
    }

    @Override
    public String address() {
        return KafkaProbe.unique("contract");
    }

    @Override
    public Connection connection(String id, String uri, List<String> addresses) {
        return KafkaConnections.to(id, uri, Map.of(), List.of(Connections.source(1, addresses)));
    }

    @Override
    public int unsettledMax() {
        return KafkaConnections.UNSETTLED_MAX;
    }

    @Override
    public Peer peerAt(String address) {
        KafkaProbe probe = KafkaProbe.at(broker).listen(address);
        return new Peer() {
            @Override
            public void send(List<String> payloads) {
                probe.send(address, payloads);
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
