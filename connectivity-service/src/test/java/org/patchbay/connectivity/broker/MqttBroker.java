package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What both MQTT brokers have in common. */
public interface MqttBroker extends TestBroker {

    String FORBIDDEN = "forbidden";

    @Override
    default String scheme() {
        return "tcp";
    }

    @Override
    default @Nullable String forbiddenAddress() {
        return FORBIDDEN + "/topic";
    }

    /**
     * How many messages of QoS 1 it sends to a client that does not acknowledge and has not said
     * how many.
     */
    int inflightWindow();

    /**
     * Whether it keeps to the maximum that an MQTT 5 client says: mosquitto 2.0.11 sends its whole
     * queue on once the first acknowledgement has come.
     */
    boolean keepsReceiveMaximum();

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path temporaryFolder(String name) {
        try {
            return Files.createTempDirectory("patchbay-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
