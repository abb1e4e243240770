package org.patchbay.connectivity.transport.amqp091;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.RabbitMq;

@Tag("ci")
class Amqp091PublishingWithRabbitMqIT extends Amqp091PublishingContract {

    @Override
    Amqp091Broker startBroker() {
        return RabbitMq.startedOrSkipped();
    }
}
