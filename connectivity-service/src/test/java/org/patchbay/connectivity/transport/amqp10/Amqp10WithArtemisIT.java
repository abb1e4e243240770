package org.patchbay.connectivity.transport.amqp10;

import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.broker.TestBroker;

class Amqp10WithArtemisIT extends Amqp10Contract {

    @Override
    TestBroker startBroker() {
        return EmbeddedArtemis.started();
    }
}
