package org.patchbay.connectivity.path.inbound;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.validation.type.MqttTopics;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.Monitor;

/** Finds the configured address, which counts, for the one where a message came in. */
public final class SourceAddresses {

    private final Map<String, Monitor> monitors = new LinkedHashMap<>();

    private SourceAddresses() {}

    /**
     * The monitors of these addresses.
     *
     * @param addresses at least one
     */
    public static SourceAddresses of(List<String> addresses, ConnectionMonitor monitor) {
        SourceAddresses known = new SourceAddresses();
        for (String address : addresses) {
            known.monitors.put(address, monitor.source(address));
        }
        return known;
    }

    /** The monitor of the configured address that stands for this one. */
    public Monitor monitor(String receivedAt) {
        Monitor exact = monitors.get(receivedAt);
        if (exact != null) {
            return exact;
        }
        Map.Entry<String, Monitor> first = monitors.entrySet().iterator().next();
        if (monitors.size() == 1) {
            return first.getValue();
        }
        return monitors.entrySet().stream()
                .filter(entry -> MqttTopics.matches(entry.getKey(), receivedAt))
                .findFirst()
                .orElse(first)
                .getValue();
    }
}
