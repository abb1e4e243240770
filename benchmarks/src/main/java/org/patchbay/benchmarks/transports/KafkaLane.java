package org.patchbay.benchmarks.transports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.patchbay.benchmarks.broker.Broker;
import org.patchbay.benchmarks.broker.Kafka;
import org.patchbay.benchmarks.load.Ends;
import org.patchbay.benchmarks.transports.ends.KafkaEnds;
import org.patchbay.benchmarks.transports.ends.Way;

/** Kafka, QoS 1: from a topic with one partition to another. */
record KafkaLane(Broker server, ConnectionText text) implements Lane {

    static KafkaLane start() throws IOException, InterruptedException {
        Broker broker = Kafka.start();
        String authority = "127.0.0.1:" + broker.port();
        String more = ", \"specificConfig\": {\"bootstrapServers\": \"" + authority + "\"}";
        return new KafkaLane(
                broker,
                new ConnectionText("kafka", "tcp://" + authority, ConnectionText.QOS_1, more));
    }

    @Override
    public void prepare() throws InterruptedException, ExecutionException {
        createTopics(server, List.of(patchbay(), bare()));
    }

    static void createTopics(Broker server, List<Way> ways)
            throws InterruptedException, ExecutionException {
        List<NewTopic> topics = new ArrayList<>();
        for (Way way : ways) {
            topics.add(new NewTopic(way.in(), 1, (short) 1));
            topics.add(new NewTopic(way.out(), 1, (short) 1));
        }
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + server.port()))) {
            var _ = admin.createTopics(topics).all().get();
        }
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
