package org.patchbay.benchmarks.transports;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.patchbay.benchmarks.broker.Broker;
import org.patchbay.benchmarks.broker.MqttBroker;
import org.patchbay.benchmarks.load.Ends;
import org.patchbay.benchmarks.load.MqttEnds;
import org.patchbay.benchmarks.transports.ends.HttpEnds;
import org.patchbay.benchmarks.transports.ends.Way;

/**
 * HTTP push has no sources: messages come over MQTT and leave as requests, to a server in this JVM.
 */
record HttpLane(Broker mqtt, HttpServer server) implements Lane {

    private static final int CONNECTIONS = 8;

    static HttpLane start() throws IOException, InterruptedException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return new HttpLane(MqttBroker.start(), server);
    }

    @Override
    public Way patchbay() {
        return new Way("patchbay/in", "/patchbay");
    }

    @Override
    public Way bare() {
        return new Way("bare/in", "http://" + authority() + "/bare");
    }

    private String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public String broker() {
        return mqtt.name() + " to a server in the load's process";
    }

    @Override
    public int port() {
        return mqtt.port();
    }

    @Override
    public Ends ends(Way way) {
        String path = way.out().substring(way.out().lastIndexOf('/'));
        return new HttpEnds(
                new MqttEnds(mqtt.port(), _ -> way.in(), way.in() + "/nothing", 1), server, path);
    }

    @Override
    public String source() {
        return new ConnectionText(
                        "mqtt", "tcp://127.0.0.1:" + mqtt.port(), ConnectionText.QOS_1, "")
                .source(patchbay().in());
    }

    @Override
    public String target() {
        String parallel = ", \"specificConfig\": {\"parallelism\": \"" + CONNECTIONS + "\"}";
        return new ConnectionText("http-push", "http://" + authority(), "", parallel)
                .target("POST:" + patchbay().out());
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        mqtt.close();
    }
}
