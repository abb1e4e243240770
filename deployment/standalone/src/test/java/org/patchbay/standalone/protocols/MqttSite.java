package org.patchbay.standalone.protocols;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;

/** An MQTT broker, where nothing has to be created. */
final class MqttSite implements Site {

    private final MqttBroker broker;
    private final List<MqttProbe> listeners = new ArrayList<>();

    MqttSite(MqttBroker broker) {
        this.broker = broker;
    }

    @Override
    public String authority() {
        return "127.0.0.1:" + broker.port();
    }

    @Override
    public void prepare(ObjectNode example) {}

    @Override
    public void hear(String address) {
        listeners.add(MqttProbe.listening(broker, address));
    }

    @Override
    public List<String> heard() {
        return listeners.stream().flatMap(listener -> listener.payloads().stream()).toList();
    }

    @Override
    public void send(String address, String payload) {
        try (MqttProbe device = MqttProbe.at(broker)) {
            device.publish(address.replace("+", "anything"), payload, 1);
        }
    }

    @Override
    public void close() {
        listeners.forEach(MqttProbe::close);
        broker.close();
    }
}
