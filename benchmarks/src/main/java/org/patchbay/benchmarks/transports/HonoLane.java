package org.patchbay.benchmarks.transports;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.patchbay.benchmarks.broker.Broker;
import org.patchbay.benchmarks.broker.Kafka;
import org.patchbay.benchmarks.load.Ends;
import org.patchbay.benchmarks.transports.ends.KafkaEnds;
import org.patchbay.benchmarks.transports.ends.Way;

/** Hono's topics on Kafka: from a tenant's telemetry to its commands. */
record HonoLane(Broker server, ConnectionText text) implements Lane {

    private static final String TENANT = ", \"specificConfig\": {\"honoTenantId\": \"figures\"}";

    static HonoLane start() throws IOException, InterruptedException {
        Broker broker = Kafka.start();
        String uri = "tcp://127.0.0.1:" + broker.port();
        return new HonoLane(broker, new ConnectionText("hono", uri, ConnectionText.QOS_1, TENANT));
    }

    @Override
    public void prepare() throws InterruptedException, ExecutionException {
        KafkaLane.createTopics(server, List.of(patchbay(), bare()));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "HONO_CONNECTION_URI",
                text.uri(),
                "HONO_CONNECTION_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + server.port(),
                "HONO_CONNECTION_HONO_USERNAME",
                "");
    }

    @Override
    public Way patchbay() {
        return new Way("hono.telemetry.figures", "hono.command.figures");
    }

    @Override
    public String broker() {
        return server.name();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Ends ends(Way way) {
        return new KafkaEnds(server.port(), way);
    }

    @Override
    public String source() {
        return text.source("telemetry");
    }

    @Override
    public String target() {
        return text.target("command");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
