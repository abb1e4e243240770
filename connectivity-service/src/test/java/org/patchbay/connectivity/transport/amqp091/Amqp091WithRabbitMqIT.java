package org.patchbay.connectivity.transport.amqp091;

import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.RabbitMq;

class Amqp091WithRabbitMqIT extends Amqp091Contract {

    @Override
    Amqp091Broker startBroker() {
        return RabbitMq.startedOrSkipped();
    }
}
