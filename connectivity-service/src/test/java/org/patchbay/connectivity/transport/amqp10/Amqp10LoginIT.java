package org.patchbay.connectivity.transport.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkContract.outbound;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Amqp10Probe;
import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.PublishResult;

/** As whom links log in, and what the library is told by a connection's options. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp10LoginIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp10-login");
    private final String queue = "queue-" + UUID.randomUUID();
    private EmbeddedArtemis broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedArtemis.started();
    }

    @AfterAll
    void stopBroker() {
        system.terminate();
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void credentials_of_type_plain_win_over_those_in_the_uri() {
        var plain = new Credentials.Plain(TestBroker.USER, new Secret(TestBroker.PASSWORD));
        String uri = broker.uri("somebody", "else");

        try (LinkUnderTest link = connected(connection(uri, Map.of(), plain))) {
            assertThat(link.lost()).isEmpty();
        }

        assertThat(broker.admitted().getLast()).isEqualTo(TestBroker.USER);
    }

    @Test
    void who_names_no_user_may_do_so_in_the_options() {
        Map<String, String> options =
                Map.of(
                        "jms.username", TestBroker.USER,
                        "jms.password", TestBroker.PASSWORD,
                        "failover.nested.amqp.saslMechanisms", "PLAIN");

        try (LinkUnderTest link = connected(connection(broker.uri(), options, null))) {
            assertThat(link.lost()).isEmpty();
        }

        assertThat(broker.admitted().getLast()).isEqualTo(TestBroker.USER);
    }

    @Test
    void blames_the_user_for_a_mechanism_that_the_broker_does_not_offer() {
        Failure failure =
                failure(
                        connection(
                                broker.uri(TestBroker.USER, TestBroker.PASSWORD),
                                Map.of("amqp.saslMechanisms", "CRAM-MD5"),
                                null));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.AUTHENTICATION);
    }

    @Test
    void blames_the_user_for_an_option_that_the_library_does_not_know() {
        for (String option : List.of("jms.unheardOf", "amqp.unheardOf", "transport.unheardOf")) {
            Failure failure = failure(connection(broker.uri(), Map.of(option, "x"), null));

            assertThat(failure.blame()).as(option).isEqualTo(Failure.Blame.USER);
            assertThat(failure.layer()).as(option).isEqualTo(Layer.CONFIGURATION);
            assertThat(failure.description()).contains("unheardOf");
        }
    }

    @Test
    void a_token_of_az_sasl_is_renewed_while_messages_pass() {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        broker.admit(
                "devices@sas.root.hub",
                token -> {
                    tokens.add(token);
                    return token.startsWith("SharedAccessSignature sr=hub.azure-devices.net&sig=");
                });
        List<String> sent = new ArrayList<>();
        List<Integer> published = new CopyOnWriteArrayList<>();
        Connection connection = connection(broker.uri(), Map.of(), azSasl("2s"));
        try (Amqp10Probe probe = Amqp10Probe.at(broker);
                LinkUnderTest link =
                        LinkUnderTest.consuming(
                                system,
                                Amqp10Connections.transport(),
                                connection,
                                message -> message.settlement().accept())) {

            patiently()
                    .until(() -> {
                        String payload = "message-" + sent.size();
                        sent.add(payload);
                        probe.send(queue, payload);
                        published.add(publishedAtLast(link).status());
                        return tokens.size() >= 3;
                    });

            patiently()
                    .untilAsserted(() ->
                            assertThat(link.payloads().stream().distinct().toList())
                                    .isEqualTo(sent));
            assertThat(published).containsOnly(200);
            assertThat(link.lost()).isEmpty();
            assertThat(link.impairments()).isEmpty();
            patiently().until(() -> broker.left(queue) == 0);
        }
        patiently().until(() -> broker.links() == 0);
    }

    /** As the outlet of a target does: what may be published once more is, over the next link. */
    private static PublishResult publishedAtLast(LinkUnderTest link) {
        return patiently()
                .until(
                        () -> done(link.client().publish(outbound("elsewhere", ""))),
                        result -> !result.again());
    }

    @Test
    void a_token_that_can_not_be_renewed_is_told_while_the_link_holds() {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        broker.admit(
                "devices@sas.root.hub",
                token -> tokens.isEmpty() ? tokens.add(token) : tokens.contains(token));
        Connection connection = connection(broker.uri(), Map.of(), azSasl("2s"));

        try (LinkUnderTest link = connected(connection)) {
            patiently().until(() -> !link.impairments().isEmpty());

            assertThat(link.impairments().getLast()).contains("expires").doesNotContain("sig=");
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void blames_the_user_for_an_algorithm_that_is_not_there() {
        Failure failure =
                failure(
                        connection(
                                broker.uri(),
                                Map.of(),
                                new Credentials.Hmac("az-monitor-2016-04-01", parameters("2s"))));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.description()).contains("az-sasl");
    }

    private static Credentials azSasl(String ttl) {
        return new Credentials.Hmac("az-sasl", parameters(ttl));
    }

    private static ObjectNode parameters(String ttl) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sharedKeyName", "devices")
                .put("sharedKey", "dGhlS2V5")
                .put("endpoint", "hub.azure-devices.net")
                .put("ttl", ttl);
    }

    private LinkUnderTest connected(Connection connection) {
        return LinkUnderTest.connected(system, Amqp10Connections.transport(), connection);
    }

    private Failure failure(Connection connection) {
        LinkUnderTest link = LinkUnderTest.of(system, Amqp10Connections.transport(), connection);
        Failure failure = failureOf(() -> done(link.client().connect()));
        link.close();
        return failure;
    }

    private Connection connection(
            String uri, Map<String, String> options, @Nullable Credentials credentials) {
        return Amqp10Connections.with(
                null,
                credentials,
                Amqp10Connections.connection("connection", uri, options, List.of(queue)));
    }
}
