package org.patchbay.standalone.demo;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Properties;

/** An MQTT broker on the loopback interface that forgets everything when it ends. */
final class DemoBroker implements AutoCloseable {

    private static final int USUAL_PORT = 1883;

    private final Server server = new Server();
    private final int port;

    private DemoBroker(int port) {
        this.port = port;
    }

    /** On the usual port where nobody else has it. */
    static DemoBroker start() {
        DemoBroker broker = new DemoBroker(freePort());
        Properties properties = new Properties();
        properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
        properties.setProperty(IConfig.PORT_PROPERTY_NAME, String.valueOf(broker.port));
        properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
        properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        try {
            broker.server.startServer(new MemoryConfig(properties));
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's broker does not start.", e);
        }
        return broker;
    }

    int port() {
        return port;
    }

    private static int freePort() {
        return isFree(USUAL_PORT) ? USUAL_PORT : portFromTheSystem();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int portFromTheSystem() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stopServer();
    }
}
