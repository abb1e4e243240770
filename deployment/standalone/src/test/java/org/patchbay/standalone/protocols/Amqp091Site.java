package org.patchbay.standalone.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.MessageProperties;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.Amqp091Probe;

/** An AMQP 0.9.1 broker, where queues have to be declared; the exchange comes with it. */
final class Amqp091Site implements Site {

    private final Amqp091Broker broker;
    private final Amqp091Probe probe;

    Amqp091Site(Amqp091Broker broker) {
        this.broker = broker;
        probe = Amqp091Probe.at(broker);
    }

    @Override
    public String authority() {
        return "127.0.0.1:" + broker.port();
    }

    @Override
    public void prepare(ObjectNode example) {
        for (JsonNode queue : example.at("/sources/0/addresses")) {
            probe.declareQueue(queue.asText(), Map.of());
        }
    }

    @Override
    public void hear(String address) {
        int slash = address.indexOf('/');
        probe.listen(address.substring(0, slash), address.substring(slash + 1));
    }

    @Override
    public List<String> heard() {
        return probe.heard().stream().map(Amqp091Probe.Heard::payload).toList();
    }

    @Override
    public void send(String address, String payload) {
        probe.send(address, payload, MessageProperties.PERSISTENT_BASIC);
    }

    @Override
    public void close() {
        probe.close();
        broker.close();
    }
}
