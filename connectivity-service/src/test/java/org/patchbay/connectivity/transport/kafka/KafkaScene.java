package org.patchbay.connectivity.transport.kafka;

import static org.patchbay.connectivity.broker.KafkaProbe.unique;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.KafkaProbe;

/** A broker for the tests of a class, and for each of them names that nobody has used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KafkaScene {

    final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "kafka");
    EmbeddedKafka broker;
    KafkaProbe probe;
    String topic;
    String group;

    EmbeddedKafka startBroker() {
        return EmbeddedKafka.started();
    }

    @BeforeAll
    void startedBroker() {
        broker = startBroker();
        probe = KafkaProbe.at(broker);
    }

    @AfterAll
    void stopBroker() {
        system.terminate();
        if (probe != null) {
            probe.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void nameThings() {
        topic = unique("topic");
        group = unique("group");
    }
}
