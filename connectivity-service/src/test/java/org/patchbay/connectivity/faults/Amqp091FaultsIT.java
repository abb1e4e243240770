package org.patchbay.connectivity.faults;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Amqp091Probe;
import org.patchbay.connectivity.broker.RabbitMq;
import org.patchbay.connectivity.model.ConnectionType;

/** Faults between an AMQP 0.9.1 connection and RabbitMQ. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp091FaultsIT implements FaultContract {

    private static final String EXCHANGE = "amq.topic/";

    private final ActorTestKit kit = ActorTestKit.create(SETTINGS);
    private RabbitMq broker;

    @BeforeAll
    void startBroker() {
        broker = RabbitMq.startedOrSkipped();
    }

    @AfterAll
    void stopEverything() {
        kit.shutdownTestKit();
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    public ActorTestKit kit() {
        return kit;
    }

    @Override
    public RabbitMq broker() {
        return broker;
    }

    @Override
    public ConnectionType type() {
        return ConnectionType.AMQP_091;
    }

    @Override
    public String target(String name) {
        return EXCHANGE + name;
    }

    @Override
    public void fillUpAfter(String target, int messages) {
        declare(target, Map.of("x-max-length", messages, "x-overflow", "reject-publish"));
    }

    @Override
    public void block(boolean blocked) {
        broker.block(blocked);
    }

    @Override
    public void revoke(boolean revoked) {
        broker.changePassword(RabbitMq.USER, revoked ? "another" : RabbitMq.PASSWORD);
        if (revoked) {
            broker.closeAllConnections("revoked");
        }
    }

    @Test
    void a_channel_that_the_broker_closes_for_what_stays_unacknowledged() {
        broker.acknowledgedWithin(Duration.ofSeconds(1));
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();
            stage.client.holdAnswers();

            stage.send(5);
            stage.awaitLoss(logged);
            stage.client.answerAgain();

            stage.awaitEverything();
            stage.awaitWell();
            stage.assertToldOfLoss(logged);
            stage.exchange(5);
            stage.awaitEverything();
        } finally {
            broker.acknowledgedWithin(RabbitMq.LONG);
        }
    }

    private static String key(String target) {
        return target.substring(EXCHANGE.length());
    }

    /** Of the routing key's name; where there is one already it stays as it is. */
    private void declare(String target, Map<String, Object> arguments) {
        try (Amqp091Probe probe = Amqp091Probe.at(broker)) {
            probe.declareQueue(key(target), arguments).bind(key(target), "amq.topic", key(target));
        }
    }

    /** It comes for each thing it does, and leaves again. */
    @Override
    public OtherSide otherSide(String source, String target) {
        try (Amqp091Probe probe = Amqp091Probe.at(broker)) {
            probe.declareQueue(source, Map.of());
            if (!probe.hasQueue(key(target))) {
                declare(target, Map.of());
            }
        }
        List<String> heard = new CopyOnWriteArrayList<>();
        return new OtherSide() {
            @Override
            public void send(List<String> payloads) {
                var kept = new BasicProperties.Builder().deliveryMode(2).build();
                try (Amqp091Probe probe = Amqp091Probe.at(broker)) {
                    payloads.forEach(payload -> probe.send(source, payload, kept));
                }
            }

            @Override
            public List<String> heard() {
                try (Amqp091Probe probe = Amqp091Probe.at(broker)) {
                    for (var next = probe.take(key(target));
                            next != null;
                            next = probe.take(key(target))) {
                        heard.add(next.payload());
                    }
                }
                return heard;
            }

            @Override
            public void close() {}
        };
    }
}
