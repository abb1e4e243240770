package org.patchbay.connectivity.transport.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.Amqp091Probe;
import org.patchbay.connectivity.broker.Amqp10Probe;
import org.patchbay.connectivity.broker.RabbitMq;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.LinkContract;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.PublishResult;

/** RabbitMQ before version 4, which speaks AMQP 1.0 by a plug-in. */
@Tag("ci")
class Amqp10WithRabbitMqIT extends Amqp10Contract {

    /** A queue that is there, and is not declared anew by being used. */
    private static final String QUEUE = "/amq/queue/";

    private RabbitMq rabbitMq;

    @Override
    TestBroker startBroker() {
        rabbitMq = RabbitMq.startedOrSkipped("rabbitmq_amqp1_0");
        return new Identified(rabbitMq);
    }

    @Override
    Amqp10Probe probe() {
        return Amqp10Probe.at(rabbitMq, TestBroker.USER, TestBroker.PASSWORD);
    }

    @Override
    public String address() {
        return declared(QUEUE + UUID.randomUUID());
    }

    @Override
    public Connection connection(String id, String uri, List<String> addresses) {
        return super.connection(
                id, uri, addresses.stream().map(Amqp10WithRabbitMqIT::full).toList());
    }

    private static String full(String address) {
        return address.startsWith(QUEUE) ? address : QUEUE + address;
    }

    /** Some addresses are refused as a whole session is ended. */
    @Test
    void what_it_refuses_is_told_as_it_says_it() {
        try (LinkUnderTest link =
                LinkUnderTest.connected(system(), transport(), connection(address()))) {

            CompletionStage<PublishResult> nowhere =
                    link.client().publish(LinkContract.outbound("/exchange/none/key", "payload"));

            assertThat(done(nowhere).status()).isEqualTo(404);
            assertThat(String.valueOf(done(nowhere).value())).contains("none");
            assertThat(
                            done(link.client().publish(LinkContract.outbound(address(), "fine")))
                                    .status())
                    .isEqualTo(200);
            assertThat(link.lost()).isEmpty();
        }
    }

    private String declared(String address) {
        try (Amqp091Probe probe = Amqp091Probe.at(rabbitMq)) {
            probe.declareQueue(address.substring(QUEUE.length()), Map.of());
        }
        return address;
    }

    /** Over AMQP 1.0 it lets in nobody who does not say who it is. */
    private record Identified(RabbitMq broker) implements TestBroker {

        @Override
        public String scheme() {
            return broker.scheme();
        }

        @Override
        public int port() {
            return broker.port();
        }

        @Override
        public String uri() {
            return broker.uri(USER, PASSWORD);
        }

        @Override
        public void start() {
            broker.start();
        }

        @Override
        public void stop() {
            broker.stop();
        }

        @Override
        public String forbiddenAddress() {
            return broker.forbiddenAddress();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
