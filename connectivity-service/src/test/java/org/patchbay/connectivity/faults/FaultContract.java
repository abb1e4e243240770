package org.patchbay.connectivity.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.faults.Stage.patiently;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.broker.proxy.TcpProxy;
import org.patchbay.connectivity.broker.proxy.TcpProxy.Direction;
import org.patchbay.connectivity.client.ClientOnBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.protocol.json.Json;

/**
 * What a connection of every type must do when something breaks, shown with the whole client
 * against a real broker: it recovers by itself, nothing that was acknowledged is lost, what is new
 * comes in order, status and log say what is. A transport's test implements the methods without a
 * body and gets the scenarios; those for what its broker can't do it skips with the reason.
 */
public interface FaultContract {

    /** Signs of life are expected often, pauses are short. */
    Config SETTINGS =
            ConfigFactory.parseString(
                    """
                    patchbay.connectivity {
                      amqp091.heartbeat = 2s
                      ssh-tunnel.keep-alive = 4s
                      kafka { answer-timeout = 5s, transfer-timeout = 5s, check-interval = 1s }
                      amqp10.stopped-after = 3s
                      publishing { back-off-min = 50ms, back-off-max = 500ms, tries-max = 100 }
                      redelivery { back-off-min = 50ms, back-off-max = 500ms }
                    }
                    ditto.connectivity.client {
                      connecting-min-timeout = 10s, min-backoff = 100ms, max-backoff = 500ms
                    }
                    ditto.connectivity.connection.http-push.request-timeout = 5s
                    ditto.connectivity.connection.kafka.consumer.pekko-connectors.kafka-clients {
                      fetch.max.wait.ms = 500, session.timeout.ms = 3000, heartbeat.interval.ms = 500
                    }
                    ditto.connectivity.connection.mqtt.reconnect {
                      backoff.timeout.max-timeout = 500ms
                      min-timeout-for-mqtt-broker-initiated-disconnect = 100ms
                    }
                    """);

    /** An actor system with {@link #SETTINGS}. */
    ActorTestKit kit();

    TestBroker broker();

    ConnectionType type();

    /**
     * The {@code specificConfig} with which a silent broker is noticed after seconds.
     *
     * @param uri that the connection has
     */
    default String specificConfig(String uri) {
        return "{}";
    }

    /** Of sources and targets; null where the type has none. */
    default @Nullable Integer qos() {
        return null;
    }

    /** Whether the type has sources. */
    default boolean consumes() {
        return true;
    }

    /**
     * Whether all goes over one link, so that one that is cut is a loss of the connection. Where
     * not, another takes its place without a word.
     */
    default boolean isOneLink() {
        return true;
    }

    /** What a connection publishes to for this name. */
    String target(String name);

    /** Whoever sends to the source of this name and hears what is published to its target. */
    OtherSide otherSide(String source, String target);

    /** A proxy that clients of the broker go over. */
    default TcpProxy proxy() {
        return TcpProxy.before(broker().port());
    }

    /** The uri that leads over the proxy. */
    default String over(TcpProxy proxy, String uri) {
        return uri.replace(":" + broker().port(), ":" + proxy.port());
    }

    /** The connection, where more than its uri has to lead over the proxy. */
    default Connection over(TcpProxy proxy, Connection connection) {
        return connection;
    }

    /** No more messages than so many fit in between target and other side. */
    default void fillUpAfter(String target, int messages) {
        Assumptions.abort("this broker refuses no message for want of room");
    }

    /** The broker takes no messages for the time being, and says so; or takes them again. */
    default void block(boolean blocked) {
        Assumptions.abort("this broker has no way to stop who publishes");
    }

    /** From now on the user's password is another one, also for who is connected; or the same. */
    default void revoke(boolean revoked) {
        Assumptions.abort("this broker knows no users");
    }

    /** An open connection with a source and a target that nobody else uses. */
    default Stage opened() {
        return opened(broker().uri());
    }

    /** The same at this uri, by way of the proxy. */
    default Stage opened(String uri) {
        String name = UUID.randomUUID().toString();
        return opened(uri, "in-" + name, target(name));
    }

    /** The same with this source and this target. */
    default Stage opened(String uri, String source, String target) {
        OtherSide other = otherSide(source, target);
        TcpProxy proxy = proxy();
        Connection connection = over(proxy, connection(over(proxy, uri), source, target));
        return new Stage(proxy, ClientOnBroker.opened(kit(), connection), other, consumes());
    }

    private Connection connection(String uri, String source, String target) {
        String json =
                """
                {"id": "%s", "connectionType": "%s", "connectionStatus": "open", "uri": "%s",
                 "sources": [{"addresses": ["%s"], "authorizationContext": ["nginx:ditto"], "replyTarget": {"enabled": false}}],
                 "targets": [{"address": "%s", "topics": ["_/_/things/twin/events"], "authorizationContext": ["nginx:ditto"]}],
                 "specificConfig": %s}
                """
                        .formatted(
                                UUID.randomUUID(),
                                type().wireName(),
                                uri,
                                source,
                                target,
                                specificConfig(uri));
        ObjectNode connection = (ObjectNode) Json.parse(json);
        if (qos() != null) {
            ((ObjectNode) connection.get("sources").get(0)).put("qos", qos());
            ((ObjectNode) connection.get("targets").get(0)).put("qos", qos());
        }
        if (!consumes()) {
            connection.putArray("sources");
        }
        return ConnectionJson.read(connection);
    }

    @Test
    default void a_link_that_is_cut_in_the_middle_of_a_message_that_comes_in() {
        Assumptions.assumeTrue(consumes(), "nothing comes in");
        assertThatNothingIsLostByACut(Direction.TO_CLIENT);
    }

    @Test
    default void a_link_that_is_cut_in_the_middle_of_a_message_that_goes_out() {
        assertThatNothingIsLostByACut(Direction.TO_BROKER);
    }

    /** What both of them show. */
    default void assertThatNothingIsLostByACut(Direction direction) {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();
            stage.client.holdAnswers();

            stage.proxy.cutAfter(direction, 25_000);
            stage.exchange(40);
            patiently().untilAsserted(() -> assertThat(stage.proxy.cuts()).isOne());
            if (isOneLink()) {
                stage.awaitLoss(logged);
            }
            stage.client.answerAgain();

            stage.awaitEverything();
            stage.awaitWell();
            if (isOneLink()) {
                stage.assertToldOfLoss(logged);
            } else {
                assertThat(stage.since(logged)).as("another took its place").isEmpty();
            }
        }
    }

    @Test
    default void a_link_whose_other_end_has_gone_without_a_word() {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            stage.proxy.freeze();
            stage.exchange(20);
            stage.awaitLoss(logged);

            stage.awaitEverything();
            stage.awaitWell();
            stage.assertToldOfLoss(logged);
        }
    }

    @Test
    default void a_link_that_is_idle_when_its_other_end_goes_without_a_word() {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            stage.proxy.freeze();
            stage.awaitLoss(logged);
            stage.exchange(5);

            stage.awaitEverything();
            stage.awaitWell();
            stage.assertToldOfLoss(logged);
        }
    }

    @Test
    default void a_link_that_is_slow() {
        try (Stage stage = opened()) {
            int logged = stage.client.log().size();
            stage.proxy.slowDown(20_000);

            stage.exchange(30);

            stage.awaitEverything();
            stage.awaitWell();
            assertThat(stage.since(logged)).as("a slow link is no lost one").isEmpty();
        }
    }

    @Test
    default void a_broker_that_restarts() {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();
            stage.client.holdAnswers();
            stage.send(5);
            stage.other.leave();

            broker().stop();
            try {
                stage.change(10);
                patiently()
                        .untilAsserted(() ->
                                assertThat(stage.client.status().get("liveStatus").asText())
                                        .isEqualTo("failed"));
                stage.client.answerAgain();
            } finally {
                broker().start();
            }
            stage.other.comeBack();
            stage.exchange(5);

            stage.awaitEverything();
            stage.awaitWell();
            stage.assertToldOfLoss(logged);
        }
    }

    @Test
    default void a_queue_that_is_full() {
        String name = UUID.randomUUID().toString();
        String target = target(name);
        fillUpAfter(target, 5);
        try (Stage stage = opened(broker().uri(), "in-" + name, target)) {
            stage.change(20);
            patiently().untilAsserted(() -> assertThat(stage.targetDetails()).contains("full"));
            assertThat(stage.client.status().get("liveStatus").asText()).isEqualTo("open");
            if (consumes()) {
                stage.send(5);
                patiently().untilAsserted(() -> assertThat(stage.client.asked()).hasSize(5));
            }

            AtomicInteger full = new AtomicInteger();
            patiently()
                    .until(() -> {
                        // Room is made only while nothing is under way, else some overtake others:
                        // the first refusal is told of while those behind it are.
                        boolean now = stage.targetDetails().contains("full");
                        int inRow = full.updateAndGet(before -> now ? before + 1 : 0);
                        return (inRow > 3 ? stage.other.heard().size() : 0) >= 15;
                    });

            stage.awaitEverything();
            stage.awaitWell();
        }
    }

    @Test
    default void a_broker_that_blocks_who_publishes() {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            block(true);
            try {
                stage.change(20);
                patiently()
                        .untilAsserted(
                                () -> assertThat(stage.since(logged)).anyMatch(Stage::isFailure));
                assertThat(Stage.details(stage.client.status())).contains("takes no messages");
            } finally {
                block(false);
            }

            stage.exchange(5);
            stage.awaitEverything();
            stage.awaitWell();
            assertThat(stage.since(logged).getLast()).startsWith("success: ");
        }
    }

    @Test
    default void a_user_who_is_not_let_in_any_more() {
        try (Stage stage = opened(broker().uri(TestBroker.USER, TestBroker.PASSWORD))) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();
            stage.other.leave();

            revoke(true);
            try {
                // Between attempts: while one is under way the status says just that.
                patiently()
                        .untilAsserted(() -> {
                            JsonNode status = stage.client.status();
                            assertThat(status.get("liveStatus").asText())
                                    .isEqualTo("misconfigured");
                            assertThat(Stage.details(status)).contains("refused");
                        });
                assertThat(stage.since(logged))
                        .noneMatch(line -> line.contains(TestBroker.PASSWORD));
                stage.change(5);
            } finally {
                revoke(false);
            }
            stage.other.comeBack();
            stage.exchange(5);

            stage.awaitEverything();
            stage.awaitWell();
            stage.assertToldOfLoss(logged);
        }
    }
}
