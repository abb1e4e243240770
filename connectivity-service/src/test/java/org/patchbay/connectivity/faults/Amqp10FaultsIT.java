package org.patchbay.connectivity.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Amqp10Probe;
import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.model.ConnectionType;

/** Faults between an AMQP 1.0 connection and Artemis. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp10FaultsIT implements FaultContract {

    private final ActorTestKit kit = ActorTestKit.create(SETTINGS);
    private EmbeddedArtemis broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedArtemis.startedWatchful();
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
    public EmbeddedArtemis broker() {
        return broker;
    }

    @Override
    public ConnectionType type() {
        return ConnectionType.AMQP_10;
    }

    @Override
    public String specificConfig(String uri) {
        return "{\"amqp.idleTimeout\": \"6000\", \"jms.sendTimeout\": \"10000\"}";
    }

    @Override
    public String target(String name) {
        return "out-" + name;
    }

    @Override
    public void fillUpAfter(String target, int messages) {
        broker.refuseAfter(target, messages);
    }

    @Override
    public void block(boolean blocked) {
        broker.block(blocked);
    }

    @Override
    public void revoke(boolean revoked) {
        broker.admit(
                EmbeddedArtemis.USER,
                password -> !revoked && password.equals(EmbeddedArtemis.PASSWORD));
        if (revoked) {
            broker.closeLinks();
        }
    }

    @Override
    public OtherSide otherSide(String source, String target) {
        List<String> heard = new CopyOnWriteArrayList<>();
        return new OtherSide() {
            @Override
            public void send(List<String> payloads) {
                try (Amqp10Probe probe = Amqp10Probe.at(broker)) {
                    probe.sendAll(source, payloads);
                }
            }

            /** It comes for what is there, and leaves again. */
            @Override
            public List<String> heard() {
                long there = broker.left(target);
                if (there > 0) {
                    try (Amqp10Probe probe = Amqp10Probe.at(broker)) {
                        heard.addAll(probe.take(target, there));
                    }
                }
                return heard;
            }

            @Override
            public void close() {}
        };
    }
}
