package org.patchbay.connectivity.transport.kafka;

import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/**
 * Kafka. What a connection's type is called does not matter to it, only the {@code uri} and the
 * {@code specificConfig}, so that whatever runs on Kafka can have it make its clients.
 */
public final class KafkaTransport implements Transport {

    private final KafkaConfig config;

    public KafkaTransport(KafkaConfig config) {
        this.config = config;
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        return new KafkaTransportClient(connection, context, config, Access.CONSUME);
    }

    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        KafkaOptions.of(connection);
        return new KafkaTransportClient(connection, context, config, Access.LOOK);
    }
}
