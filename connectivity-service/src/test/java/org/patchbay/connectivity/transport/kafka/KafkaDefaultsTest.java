package org.patchbay.connectivity.transport.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.page.DocumentedDefaults;
import org.patchbay.connectivity.transport.page.ProtocolPage;

class KafkaDefaultsTest implements DocumentedDefaults {

    @Override
    public ProtocolPage page() {
        return ProtocolPage.named("kafka");
    }

    @Override
    public Object options(Map<String, String> specificConfig) {
        Map<String, String> all = new HashMap<>(specificConfig);
        all.put("bootstrapServers", "127.0.0.1:9092");
        return KafkaOptions.of(
                Connections.of(
                        "climate",
                        ConnectionType.KAFKA,
                        "tcp://127.0.0.1:9092",
                        all,
                        List.of(),
                        List.of()));
    }

    @Override
    public Map<String, String> others() {
        return Map.of();
    }
}
