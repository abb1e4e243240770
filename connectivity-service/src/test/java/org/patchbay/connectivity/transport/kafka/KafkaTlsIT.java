package org.patchbay.connectivity.transport.kafka;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.broker.tls.TlsFront;
import org.patchbay.connectivity.broker.tls.TlsSetup;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.TlsContract;
import org.patchbay.connectivity.transport.Transport;

/** TLS over Kafka: at the address that the broker gives for itself, too. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaTlsIT implements TlsContract {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "kafka-tls");

    /** Whether a front stands where the broker sends its clients to. */
    private final AtomicBoolean fronted = new AtomicBoolean();

    private EmbeddedKafka broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedKafka.started();
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
        return new KafkaTransport(KafkaConnections.config());
    }

    @Override
    public int plainPort() {
        return broker.behindFront();
    }

    /** Where the broker sends its clients to. */
    int frontPort() {
        return broker.frontPort();
    }

    @Override
    public Secured secured(TlsSetup setup) {
        // A second one at the same time is there to be refused at.
        if (!fronted.compareAndSet(false, true)) {
            TlsFront second = TlsFront.before(broker.behindFront(), setup);
            return new Secured(second.port(), second);
        }
        await().until(() -> !Scratch.listens(broker.frontPort()));
        TlsFront front = TlsFront.at(broker.frontPort(), broker.behindFront(), setup);
        return new Secured(
                front.port(),
                () -> {
                    front.close();
                    fronted.set(false);
                });
    }

    @Override
    public String secureScheme() {
        return "ssl";
    }

    @Override
    public Connection connection(String uri) {
        return KafkaConnections.to(UUID.randomUUID().toString(), uri, Map.of(), List.of());
    }

    @Override
    public String address() {
        return "tls";
    }
}
