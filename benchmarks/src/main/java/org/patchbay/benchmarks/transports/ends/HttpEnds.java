package org.patchbay.benchmarks.transports.ends;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.patchbay.benchmarks.load.Ends;
import org.patchbay.benchmarks.load.MqttEnds;

/** Messages go in over MQTT, and come out as requests to a path. */
public record HttpEnds(MqttEnds device, HttpServer server, String path) implements Ends {

    private static final int NO_CONTENT = 204;

    @Override
    public void hear(Consumer<ByteBuffer> payloads) {
        var _ = server.createContext(path, exchange -> answer(exchange, payloads));
        device.hear(_ -> {});
    }

    private static void answer(HttpExchange exchange, Consumer<ByteBuffer> payloads)
            throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            payloads.accept(ByteBuffer.wrap(body));
        }
    }

    @Override
    public void send(int number, byte[] payload) {
        device.send(number, payload);
    }

    @Override
    public void close() {
        device.close();
        server.removeContext(path);
    }
}
