package org.patchbay.connectivity.transport.amqp091;

import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/** AMQP 0.9.1, as RabbitMQ speaks it. */
public final class Amqp091Transport implements Transport {

    private final Amqp091Config config;

    public Amqp091Transport(Amqp091Config config) {
        this.config = config;
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        return new Amqp091TransportClient(connection, context, config, QueueAccess.CONSUME);
    }

    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        Amqp091Link.checkScheme(connection);
        return new Amqp091TransportClient(connection, context, config, QueueAccess.LOOK);
    }
}
