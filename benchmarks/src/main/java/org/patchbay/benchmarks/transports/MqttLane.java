package org.patchbay.benchmarks.transports;

import java.io.IOException;
import org.patchbay.benchmarks.broker.Broker;
import org.patchbay.benchmarks.broker.MqttBroker;
import org.patchbay.benchmarks.load.Ends;
import org.patchbay.benchmarks.load.MqttEnds;
import org.patchbay.benchmarks.transports.ends.Way;

/** MQTT of both versions, QoS 1. */
record MqttLane(Broker server, ConnectionText text) implements Lane {

    static MqttLane start(String type) throws IOException, InterruptedException {
        Broker broker = MqttBroker.start();
        String uri = "tcp://127.0.0.1:" + broker.port();
        return new MqttLane(broker, new ConnectionText(type, uri, ConnectionText.QOS_1, ""));
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
        return new MqttEnds(server.port(), _ -> way.in(), way.out(), 1);
    }

    @Override
    public String source() {
        return text.source(patchbay().in());
    }

    @Override
    public String target() {
        return text.target(patchbay().out());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
