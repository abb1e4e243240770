package org.patchbay.benchmarks.transports;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.patchbay.benchmarks.broker.Broker;
import org.patchbay.benchmarks.broker.RabbitMq;
import org.patchbay.benchmarks.load.Ends;
import org.patchbay.benchmarks.transports.ends.Amqp091Ends;
import org.patchbay.benchmarks.transports.ends.Way;

/** AMQP 0.9.1: from a durable queue to another, through the default exchange. */
record Amqp091Lane(Broker server, ConnectionText text) implements Lane {

    static Amqp091Lane start() throws IOException, InterruptedException {
        Broker broker = RabbitMq.start();
        String uri = "amqp://guest:guest@127.0.0.1:" + broker.port();
        return new Amqp091Lane(broker, new ConnectionText("amqp-091", uri, "", ""));
    }

    @Override
    public void prepare() throws IOException, TimeoutException {
        try (var connection = factory(server).newConnection()) {
            Channel channel = connection.createChannel();
            for (Way way : List.of(patchbay(), bare())) {
                channel.queueDeclare(way.in(), true, false, false, Map.of());
                channel.queueDeclare(way.out(), true, false, false, Map.of());
            }
        }
    }

    private static ConnectionFactory factory(Broker broker) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        return factory;
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
    public Ends ends(Way way) throws IOException, TimeoutException {
        return new Amqp091Ends(factory(server), way);
    }

    @Override
    public String source() {
        return text.source(patchbay().in());
    }

    @Override
    public String target() {
        return text.target("/" + patchbay().out());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
