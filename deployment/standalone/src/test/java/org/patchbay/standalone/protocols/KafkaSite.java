package org.patchbay.standalone.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.KafkaProbe;

/** A Kafka broker that makes topics when they are asked for. */
final class KafkaSite implements Site {

    private final EmbeddedKafka broker;
    private final KafkaProbe probe;

    KafkaSite(EmbeddedKafka broker) {
        this.broker = broker;
        probe = KafkaProbe.at(broker);
    }

    @Override
    public String authority() {
        return "127.0.0.1:" + broker.port();
    }

    @Override
    public void prepare(ObjectNode example) {
        JsonNode options = example.path("specificConfig");
        ((ObjectNode) options).put("bootstrapServers", authority());
    }

    @Override
    public void hear(String address) {
        probe.listen(address.substring(0, address.indexOf('/')));
    }

    @Override
    public List<String> heard() {
        return probe.payloads();
    }

    @Override
    public void send(String address, String payload) {
        probe.send(address, List.of(payload));
    }

    @Override
    public void close() {
        probe.close();
        broker.close();
    }
}
