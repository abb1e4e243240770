package org.patchbay.connectivity.transport.amqp091;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.EmbeddedQpid;

class Amqp091PublishingWithEmbeddedIT extends Amqp091PublishingContract {

    @Override
    Amqp091Broker startBroker() {
        return EmbeddedQpid.started();
    }

    @Override
    @Test
    void a_message_with_headers_that_no_queue_takes_is_not_published() {
        refusesFirst();
    }

    @Override
    @Test
    void each_of_several_messages_that_no_queue_takes_is_not_published() {
        refusesFirst();
    }

    @Override
    @Test
    void of_messages_that_differ_by_a_header_the_one_that_no_queue_takes_is_not_published() {
        refusesFirst();
    }

    /** RabbitMQ shows it. */
    private static void refusesFirst() {
        Assumptions.abort("Qpid refuses what no queue takes, and returns it only then");
    }
}
