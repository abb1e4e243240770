package org.patchbay.connectivity.transport.amqp10;

import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/** AMQP 1.0. */
public final class Amqp10Transport implements Transport {

    private final Amqp10Config config;

    public Amqp10Transport(Amqp10Config config) {
        this.config = config;
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        return new Amqp10TransportClient(
                connection,
                context,
                config,
                Amqp10Options.of(connection, context, config),
                Subscription.Access.CONSUME);
    }

    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        Amqp10Options.isSecure(connection);
        return new Amqp10TransportClient(
                connection,
                context,
                config,
                Amqp10Options.ofTrial(connection, context, config),
                Subscription.Access.LOOK);
    }
}
