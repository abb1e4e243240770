package org.patchbay.connectivity.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Mosquitto;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.model.ConnectionType;

/** Faults between an MQTT connection and mosquitto. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MqttFaults implements FaultContract {

    private final ActorTestKit kit = ActorTestKit.create(SETTINGS);
    private final ConnectionType type;
    private Mosquitto broker;

    MqttFaults(ConnectionType type) {
        this.type = type;
    }

    @BeforeAll
    void startBroker() {
        broker = Mosquitto.startedOrSkipped();
    }

    @AfterAll
    void stopEverything() {
        kit.shutdownTestKit();
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    public ActorTestKit kit() {
        return kit;
    }

    @Override
    public Mosquitto broker() {
        return broker;
    }

    @Override
    public ConnectionType type() {
        return type;
    }

    @Override
    public String specificConfig(String uri) {
        return "{\"keepAlive\": \"2s\"}";
    }

    @Override
    public @Nullable Integer qos() {
        return 1;
    }

    @Override
    public String target(String name) {
        return "out/" + name;
    }

    @Override
    public void fillUpAfter(String target, int messages) {
        Assumptions.abort("MQTT brokers drop what they have no room for and tell nobody");
    }

    @Override
    public void block(boolean blocked) {
        Assumptions.abort("MQTT has no word for it: such a broker is a slow link");
    }

    @Override
    public void revoke(boolean revoked) {
        broker.changePassword(Mosquitto.USER, revoked ? "another" : Mosquitto.PASSWORD);
    }

    @Override
    public OtherSide otherSide(String source, String target) {
        return new Session(target + "/other", source, target);
    }

    /** What it heard before it went away, and since. */
    private final class Session implements OtherSide {

        private final String id;
        private final String source;
        private final String target;
        private final List<String> before = new CopyOnWriteArrayList<>();
        private MqttProbe probe;

        Session(String id, String source, String target) {
            this.id = id;
            this.source = source;
            this.target = target;
            this.probe = MqttProbe.returning(broker, id, target);
        }

        @Override
        public void send(List<String> payloads) {
            payloads.forEach(payload -> probe.publish(source, payload, 1));
        }

        @Override
        public List<String> heard() {
            return Stream.concat(before.stream(), probe.payloads().stream()).toList();
        }

        @Override
        public void leave() {
            probe.close();
            before.addAll(probe.payloads());
        }

        @Override
        public void comeBack() {
            probe = MqttProbe.returning(broker, id, target);
        }

        @Override
        public void close() {
            probe.close();
        }
    }
}
