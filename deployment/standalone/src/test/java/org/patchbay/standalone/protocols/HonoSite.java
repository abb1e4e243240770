package org.patchbay.standalone.protocols;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.KafkaProbe;

/** The Kafka of a Hono, where a device is named in a header, as Hono's adapters do it. */
final class HonoSite implements Site {

    private final EmbeddedKafka broker;
    private final KafkaProbe probe;
    private String tenant = "";

    HonoSite(EmbeddedKafka broker) {
        this.broker = broker;
        probe = KafkaProbe.at(broker);
    }

    @Override
    public String authority() {
        return "127.0.0.1:" + broker.port();
    }

    @Override
    public String settings() {
        return """
        ditto.connectivity.hono {
          base-uri = "tcp://%1$s", bootstrap-servers = "%1$s", username = ""
        }
        """
                .formatted(authority());
    }

    @Override
    public void prepare(ObjectNode example) {
        tenant = example.at("/specificConfig/honoTenantId").asText();
    }

    private String topic(String alias) {
        return "hono." + alias + "." + tenant;
    }

    @Override
    public void hear(String address) {
        probe.listen(topic(address));
    }

    @Override
    public List<String> heard() {
        return probe.payloads();
    }

    @Override
    public void send(String address, String payload) {
        probe.send(topic(address), List.of(payload));
    }

    @Override
    public void sendAs(String device, String address, String payload) {
        probe.send(topic(address), device, Map.of("device_id", device), payload);
    }

    @Override
    public void close() {
        probe.close();
        broker.close();
    }
}
