package org.patchbay.connectivity.transport.amqp091;

import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.EmbeddedQpid;

class Amqp091PublishingWithEmbeddedIT extends Amqp091PublishingContract {

    @Override
    Amqp091Broker startBroker() {
        return EmbeddedQpid.started();
    }
}
