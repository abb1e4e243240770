package org.patchbay.benchmarks.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An MQTT broker: mosquitto where it is installed, else one in this JVM. Its window of messages
 * under way is open, so that the load alone says how many there are.
 */
public final class MqttBroker implements Broker {

    private static final List<Path> PLACES =
            Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/opt/homebrew/sbin")
                    .map(folder -> Path.of(folder, "mosquitto"))
                    .toList();

    private final BrokerProcess process;
    private final int port;

    private MqttBroker(BrokerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    public static Broker start() throws IOException, InterruptedException {
        Path mosquitto = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        return mosquitto == null ? EmbeddedBroker.start() : mosquitto(mosquitto);
    }

    private static MqttBroker mosquitto(Path program) throws IOException, InterruptedException {
        int port = BrokerProcess.freePort();
        Path folder = Files.createTempDirectory("patchbay-broker");
        String settings =
                """
                listener %d 127.0.0.1
                allow_anonymous true
                max_inflight_messages 0
                max_queued_messages 100000
                set_tcp_nodelay true
                log_dest none
                """
                        .formatted(port);
        Path file = Files.writeString(folder.resolve("mosquitto.conf"), settings);
        var builder = new ProcessBuilder(program.toString(), "-c", file.toString());
        return new MqttBroker(BrokerProcess.start(builder, folder, port), port);
    }

    @Override
    public String name() {
        return "mosquitto";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.stop();
    }
}
