package org.patchbay.connectivity.transport.amqp091;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.EmbeddedQpid;

class Amqp091WithEmbeddedIT extends Amqp091Contract {

    @Override
    Amqp091Broker startBroker() {
        return EmbeddedQpid.started();
    }

    /** RabbitMQ shows it. */
    @Override
    @Test
    public void does_not_hand_on_again_what_was_rejected() {
        Assumptions.abort("Qpid keeps what is rejected where a queue has no other place for it");
    }
}
