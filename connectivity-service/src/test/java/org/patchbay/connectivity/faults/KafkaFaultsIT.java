package org.patchbay.connectivity.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.faults.Stage.patiently;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.KafkaProbe;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.broker.proxy.TcpProxy;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.monitoring.account.Outcome;

/** Faults between a Kafka connection and its broker, which tells clients to come to the proxy. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaFaultsIT implements FaultContract {

    /** Of one thing all messages have the same key, and so their order. */
    private static final String KEY = "/{{ thing:id }}";

    private static final int PARTITIONS = 3;

    /** Fifty of them are more than twice the memory of a producer. */
    private static final int LARGE = 800_000;

    /** Less than two messages. */
    private static final double QUOTA_BYTES_PER_SECOND = 4_000;

    /** So that not much more is given than the quota lets through in a short time. */
    private static final Duration NOW_AND_THEN = Duration.ofMillis(500);

    private final ActorTestKit kit = ActorTestKit.create(SETTINGS);
    private final EmbeddedKafka broker = EmbeddedKafka.askingAgainAfter(Duration.ofSeconds(1));
    private KafkaProbe admin;

    @BeforeAll
    void findBroker() {
        admin = KafkaProbe.at(broker);
    }

    @AfterAll
    void stopEverything() {
        kit.shutdownTestKit();
        admin.close();
        broker.close();
    }

    @Override
    public ActorTestKit kit() {
        return kit;
    }

    @Override
    public EmbeddedKafka broker() {
        return broker;
    }

    @Override
    public ConnectionType type() {
        return ConnectionType.KAFKA;
    }

    @Override
    public TcpProxy proxy() {
        return TcpProxy.at(broker.frontPort(), broker.behindFront());
    }

    /** Who names a user goes past the proxy. */
    @Override
    public String specificConfig(String uri) {
        ConnectionUri server = ConnectionUri.parse(uri);
        return "{\"bootstrapServers\": \"%s:%d\", \"saslMechanism\": \"scram-sha-256\"}"
                .formatted(server.host(), server.port());
    }

    /** Group, messages that come and messages that go have one each, and there may be more. */
    @Override
    public boolean isOneLink() {
        return false;
    }

    @Override
    public String target(String name) {
        return name + KEY;
    }

    @Override
    public void fillUpAfter(String target, int messages) {
        Assumptions.abort("Kafka deletes what is oldest, it refuses no message for want of room");
    }

    @Override
    public void block(boolean blocked) {
        Assumptions.abort("Kafka has no word for it: with a quota it is a slow link");
    }

    /** It asks those who are connected again after a second. */
    @Override
    public void revoke(boolean revoked) {
        admin.changePassword(TestBroker.USER, revoked ? "another" : TestBroker.PASSWORD);
    }

    /** What the library does not get rid of in time is published again, in order. */
    @Test
    void a_quota_that_keeps_who_publishes_waiting() {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            admin.limitPublishing(QUOTA_BYTES_PER_SECOND);
            try {
                stage.change(30);
                patiently().pollInterval(NOW_AND_THEN).until(() -> waitsOrIsGivenMore(stage));
                stage.change(5);
                stage.awaitEverything();
            } finally {
                admin.limitPublishing(null);
            }

            stage.awaitWell();
            assertThat(stage.since(logged)).as("a slow link is no lost one").isEmpty();
        }
    }

    /** A broker that is slow may not have known of its limit when it had the first messages. */
    private boolean waitsOrIsGivenMore(Stage stage) {
        boolean waits = broker.keepsPublishersWaiting();
        if (!waits) {
            stage.change(1);
        }
        return waits;
    }

    /** What has no place in the library's memory waits with us, and is published in order, too. */
    @Test
    void more_is_to_be_published_than_memory_holds_while_the_link_stands_still() {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            stage.proxy.hold();
            stage.change(50, LARGE);
            stage.awaitLoss(logged);
            stage.change(5);
            stage.proxy.letGo();

            stage.awaitEverything();
            stage.awaitWell();
            assertThat(stage.client.totals().targets().snapshot().sum(Outcome.FAILED)).isZero();
        }
    }

    @Override
    public OtherSide otherSide(String source, String target) {
        String topic = target.substring(0, target.length() - KEY.length());
        KafkaProbe probe =
                KafkaProbe.at(broker)
                        .createTopic(source, 1)
                        .createTopic(topic, PARTITIONS)
                        .listen(topic);
        return new OtherSide() {
            @Override
            public void send(List<String> payloads) {
                probe.send(source, payloads);
            }

            @Override
            public List<String> heard() {
                return probe.payloads();
            }

            @Override
            public void close() {
                probe.close();
            }
        };
    }
}
