package org.patchbay.connectivity.transport.hono;

import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.hono.HonoPresets;
import org.patchbay.connectivity.model.hono.HonoSettings;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/**
 * Connections to the Hono of this installation. Sources name {@code telemetry}, {@code event} and
 * {@code command_response}, targets {@code command}; what runs is a connection to Hono's Kafka.
 */
public final class HonoTransport implements Transport {

    private final HonoSettings settings;
    private final Transport kafka;

    /**
     * @param kafka what Hono is reached over
     */
    public HonoTransport(HonoSettings settings, Transport kafka) {
        this.settings = settings;
        this.kafka = kafka;
    }

    @Override
    public Connection running(Connection connection) {
        return HonoPresets.resolve(connection, settings);
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        return kafka.client(connection, anywhere(context));
    }

    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        return kafka.trial(connection, anywhere(context));
    }

    /**
     * It is the installation that says where Hono is, mostly inside of its own network; who writes
     * a connection can't lead it elsewhere.
     */
    private static ClientContext anywhere(ClientContext context) {
        return new ClientContext(
                context.system(),
                context.clientIndex(),
                (_, _) -> true,
                context.connectTimeout(),
                context.events(),
                context.detour());
    }
}
