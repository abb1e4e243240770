package org.patchbay.connectivity.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;
import org.patchbay.protocol.header.Headers;

/**
 * What every link must do, also one that only publishes, shown against a real server. A transport's
 * test implements the methods without a body and gets the scenarios.
 */
public interface LinkContract {

    ActorSystem<?> system();

    Transport transport();

    TestBroker broker();

    /** A connection with one source that has these addresses, with at least once delivery. */
    Connection connection(String id, String uri, List<String> addresses);

    Peer peerAt(String address);

    /** One that nobody has used before, to consume and to publish to. */
    default String address() {
        return unique();
    }

    @Test
    default void closes_what_was_never_opened() {
        LinkUnderTest link = LinkUnderTest.of(system(), transport(), connection(address()));

        done(link.client().close());

        assertThat(link.lost()).isEmpty();
    }

    @Test
    default void answers_a_message_that_can_not_be_published_any_more() {
        LinkUnderTest link = LinkUnderTest.connected(system(), transport(), connection(address()));
        link.close();

        PublishResult result = done(link.client().publish(outbound(address(), "too late")));

        assertThat(result.status()).isEqualTo(503);
        assertThat(result.value()).isNotNull();
    }

    @Test
    default void connects_with_the_user_in_the_uri() {
        String uri = broker().uri(TestBroker.USER, TestBroker.PASSWORD);

        try (LinkUnderTest link =
                LinkUnderTest.connected(
                        system(), transport(), connection(unique(), uri, List.of(address())))) {
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    default void blames_the_user_for_wrong_credentials() {
        String uri = broker().uri(TestBroker.USER, "wrong");

        Failure failure = failureToConnect(connection(unique(), uri, List.of(address())));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.description()).doesNotContain("wrong");
    }

    @Test
    default void blames_the_system_when_nobody_listens() {
        Failure failure = failureToConnect(at(Scratch.freePort()));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.SYSTEM);
    }

    @Test
    default void blames_the_user_for_an_address_that_is_blocked() {
        ClientContext context =
                new ClientContext(
                        system(),
                        0,
                        (host, address) -> !address.equals(InetAddress.getLoopbackAddress()),
                        java.time.Duration.ofSeconds(30),
                        LinkUnderTest.of(system(), transport(), connection(address())));
        TransportClient client = transport().client(connection(address()), context);

        Failure failure = failureOf(() -> done(client.connect()));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
    }

    @Test
    default void publishes_and_says_what_came_of_it() {
        String address = address();
        try (Peer peer = peerAt(address);
                LinkUnderTest link =
                        LinkUnderTest.connected(system(), transport(), connection(address()))) {

            PublishResult result = done(link.client().publish(outbound(address, "23.42 °C")));

            assertThat(result.status()).isBetween(200, 204);
            patiently().untilAsserted(() -> assertThat(peer.heard()).containsExactly("23.42 °C"));
        }
    }

    @Test
    default void leaves_an_endpoint_that_says_nothing_when_it_is_closed() {
        Attempt.assertLeavesWhoSaysNothing(port -> Attempt.begun(system(), transport(), at(port)));
    }

    @Test
    default void leaves_an_endpoint_that_does_not_take_it_in_when_it_is_closed() {
        Assumptions.assumeFalse(
                transport() instanceof Tunnelled, "it is the SSH server that connects");
        Attempt.assertLeavesWhoDoesNotTakeItIn(
                port -> Attempt.begun(system(), transport(), at(port)));
    }

    private Connection at(int port) {
        String uri = broker().scheme() + "://127.0.0.1:" + port;
        return connection(unique(), uri, List.of(address()));
    }

    private Failure failureToConnect(Connection connection) {
        LinkUnderTest link = LinkUnderTest.of(system(), transport(), connection);
        Failure failure = failureOf(() -> done(link.client().connect()));
        assertThat(link.lost()).as("only a link that was made can be lost").isEmpty();
        link.close();
        return failure;
    }

    /** A connection of its own that consumes this address. */
    default Connection connection(String address) {
        return connection(unique(), broker().uri(), List.of(address));
    }

    static Failure failureOf(Runnable failing) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, failing::run);
        assertThat(thrown).hasCauseInstanceOf(Failure.class);
        return (Failure) thrown.getCause();
    }

    static Outbound outbound(String address, String payload) {
        return new Outbound(
                address,
                Headers.EMPTY,
                ByteBuffer.wrap(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                1);
    }

    static String unique() {
        return "contract/" + UUID.randomUUID();
    }

    @Test
    default void closes_as_often_as_it_is_asked_to() {
        LinkUnderTest link = LinkUnderTest.connected(system(), transport(), connection(address()));

        done(link.client().close());
        done(link.client().close());

        assertThat(link.lost()).isEmpty();
    }
}
