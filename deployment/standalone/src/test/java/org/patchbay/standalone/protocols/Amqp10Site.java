package org.patchbay.standalone.protocols;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.patchbay.connectivity.broker.Amqp10Probe;
import org.patchbay.connectivity.broker.EmbeddedArtemis;

/** An AMQP 1.0 broker that makes queues as they are used. */
final class Amqp10Site implements Site {

    private static final String TOPIC = "topic://";

    private final EmbeddedArtemis broker;
    private final Amqp10Probe probe;

    Amqp10Site(EmbeddedArtemis broker) {
        this.broker = broker;
        broker.admit("device", _ -> true);
        probe = Amqp10Probe.at(broker);
    }

    @Override
    public String authority() {
        return "127.0.0.1:" + broker.port();
    }

    @Override
    public void prepare(ObjectNode example) {}

    @Override
    public void hear(String address) {
        probe.listenToTopic(address.substring(TOPIC.length()));
    }

    @Override
    public List<String> heard() {
        return probe.payloads();
    }

    @Override
    public void send(String address, String payload) {
        probe.send(address, payload);
    }

    @Override
    public void close() {
        probe.close();
        broker.close();
    }
}
