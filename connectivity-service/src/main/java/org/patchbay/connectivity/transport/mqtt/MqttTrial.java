package org.patchbay.connectivity.transport.mqtt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;

/** A connection as it is tried out: seen by the broker as somebody new, who is gone for good. */
final class MqttTrial {

    private static final int SUFFIX_LENGTH = 8;

    private MqttTrial() {}

    /**
     * Of a client id of its own, beginning as the connection's does because brokers grant rights by
     * that; of a session that is not kept; without a last will, which the broker would publish
     * where the trial is cut off.
     */
    static Connection of(Connection connection) {
        Map<String, String> own = new HashMap<>(connection.specificConfig());
        String clientId = own.getOrDefault("clientId", connection.id());
        String suffix = UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH);
        own.put("clientId", clientId + "-trial-" + suffix);
        own.put("cleanSession", "true");
        own.put("reconnectForRedelivery", "false");
        own.remove("publisherId");
        own.keySet().removeIf(key -> key.startsWith("lastWill"));
        return connection.with(connection.sources().stream().map(MqttTrial::alone).toList(), own);
    }

    private static Source alone(Source source) {
        return source.with(source.addresses().stream().map(MqttTrial::unshared).toList());
    }

    /** As a member of a shared subscription it would get messages that others wait for. */
    private static String unshared(String address) {
        List<String> parts = List.of(address.split("/", 3));
        return parts.size() == 3 && parts.getFirst().equals("$share") ? parts.get(2) : address;
    }
}
