package org.patchbay.benchmarks.broker;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.util.Properties;

/**
 * An MQTT broker in this JVM, on a free port. It queues whatever has to wait and keeps to its
 * window of ten messages under way, which not every broker does.
 */
public final class EmbeddedBroker implements Broker {

    private final Server server = new Server();
    private final int port;

    private EmbeddedBroker(int port) {
        this.port = port;
    }

    public static EmbeddedBroker start() throws IOException {
        EmbeddedBroker broker = new EmbeddedBroker(BrokerProcess.freePort());
        Properties properties = new Properties();
        properties.setProperty("host", "127.0.0.1");
        properties.setProperty("port", String.valueOf(broker.port));
        properties.setProperty("allow_anonymous", "true");
        properties.setProperty("persistence_enabled", "false");
        properties.setProperty("telemetry_enabled", "false");
        broker.server.startServer(new MemoryConfig(properties));
        return broker;
    }

    @Override
    public String name() {
        return "a broker in the load's process";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.stopServer();
    }
}
