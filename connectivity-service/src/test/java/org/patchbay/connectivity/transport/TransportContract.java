package org.patchbay.connectivity.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkContract.outbound;
import static org.patchbay.connectivity.transport.LinkContract.unique;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Connection;

/** What every transport must do that has sources, shown against a real broker. */
public interface TransportContract extends LinkContract {

    /** How many messages the broker hands over at once while none of them is settled. */
    int unsettledMax();

    @Test
    default void ends_its_streams_when_it_is_closed() {
        LinkUnderTest link =
                LinkUnderTest.consuming(system(), transport(), connection(address()), settled());

        done(link.client().close());

        assertThat(link.lost()).isEmpty();
        link.streams().forEach(LinkUnderTest::done);
    }

    @Test
    default void hands_on_messages_in_order() {
        String address = address();
        List<String> sent = numbered(300);
        try (Peer peer = peerAt(address);
                LinkUnderTest link =
                        LinkUnderTest.consuming(
                                system(), transport(), connection(address), settled())) {

            peer.send(sent);

            patiently().untilAsserted(() -> assertThat(link.payloads()).isEqualTo(sent));
            assertThat(link.received())
                    .allSatisfy(one -> assertThat(one.address()).isEqualTo(address));
        }
    }

    @Test
    default void consumes_all_addresses_of_a_source() {
        String first = address();
        String second = address();
        Connection both = connection(unique(), broker().uri(), List.of(first, second));
        try (Peer one = peerAt(first);
                Peer other = peerAt(second);
                LinkUnderTest link =
                        LinkUnderTest.consuming(system(), transport(), both, settled())) {

            one.send(List.of("to the first"));
            other.send(List.of("to the second"));

            patiently()
                    .untilAsserted(() ->
                            assertThat(link.payloads())
                                    .containsExactlyInAnyOrder("to the first", "to the second"));
        }
    }

    @Test
    default void does_not_hand_on_again_what_was_accepted() {
        assertThatOnlyNewMessagesComeAfter(message -> message.settlement().accept());
    }

    @Test
    default void does_not_hand_on_again_what_was_rejected() {
        assertThatOnlyNewMessagesComeAfter(message -> message.settlement().reject());
    }

    private void assertThatOnlyNewMessagesComeAfter(Consumer<Inbound> settled) {
        Connection connection = connection(address());
        try (Peer peer = peerAt(addressOf(connection))) {
            LinkUnderTest before =
                    LinkUnderTest.consuming(system(), transport(), connection, settled);
            peer.send(numbered(5));
            patiently().until(() -> before.received().size() == 5);
            before.close();

            LinkUnderTest after =
                    LinkUnderTest.consuming(system(), transport(), connection, settled);
            peer.send(List.of("new"));

            patiently().untilAsserted(() -> assertThat(after.payloads()).isNotEmpty());
            assertThat(after.payloads()).containsExactly("new");
            after.close();
        }
    }

    @Test
    default void hands_on_again_what_was_to_be_redelivered() {
        Connection connection = connection(address());
        try (Peer peer = peerAt(addressOf(connection))) {
            LinkUnderTest before =
                    LinkUnderTest.consuming(
                            system(),
                            transport(),
                            connection,
                            message -> message.settlement().redeliver());
            peer.send(List.of("wanted again"));
            patiently().until(() -> !before.received().isEmpty());
            before.close();

            LinkUnderTest after =
                    LinkUnderTest.consuming(system(), transport(), connection, settled());

            patiently()
                    .untilAsserted(
                            () -> assertThat(after.payloads()).containsExactly("wanted again"));
            after.close();
        }
    }

    @Test
    default void only_the_first_settlement_counts() {
        Connection connection = connection(address());
        try (Peer peer = peerAt(addressOf(connection))) {
            LinkUnderTest before =
                    LinkUnderTest.consuming(
                            system(),
                            transport(),
                            connection,
                            message -> {
                                message.settlement().redeliver();
                                message.settlement().accept();
                            });
            peer.send(List.of("wanted again"));
            patiently().until(() -> !before.received().isEmpty());
            before.close();

            LinkUnderTest after =
                    LinkUnderTest.consuming(system(), transport(), connection, settled());

            patiently()
                    .untilAsserted(
                            () -> assertThat(after.payloads()).containsExactly("wanted again"));
            after.close();
        }
    }

    @Test
    default void loses_nothing_when_the_broker_restarts() {
        int accepted = 3;
        Connection connection = connection(address());
        List<String> sent = numbered(8);
        sendWhileAway(connection, sent);
        LinkUnderTest before =
                LinkUnderTest.consuming(system(), transport(), connection, message -> {});
        patiently().until(() -> before.received().size() == sent.size());
        before.received().subList(0, accepted).forEach(one -> one.settlement().accept());
        List<String> unsettled = sent.subList(accepted, sent.size());
        awaitSettled(before, connection, unsettled.size());

        broker().restart();
        // Where the library has connected again by itself, it is not lost.
        before.close();
        LinkUnderTest after = LinkUnderTest.consuming(system(), transport(), connection, settled());

        patiently().untilAsserted(() -> assertThat(after.payloads()).containsAll(unsettled));
        assertThat(after.payloads()).isEqualTo(unsettled);
        after.close();
    }

    /**
     * Returns when the broker has read what was settled: what it answers comes after that.
     *
     * @param left how many messages of the connection's source it keeps
     */
    default void awaitSettled(LinkUnderTest link, Connection connection, int left) {
        assertThat(done(link.client().publish(outbound(address(), ""))).status())
                .isBetween(200, 204);
    }

    @Test
    default void tells_once_that_the_link_is_lost() {
        LinkUnderTest link =
                LinkUnderTest.consuming(system(), transport(), connection(address()), settled());

        broker().stop();
        try {
            patiently().until(() -> link.streams().stream().allMatch(one -> one.isDone()));
        } finally {
            broker().start();
        }

        link.close();
        assertThat(link.lost()).hasSize(1);
        assertThat(link.lost().getFirst().blame()).isEqualTo(Failure.Blame.SYSTEM);
        assertThat(link.streams()).allMatch(one -> one.isCompletedExceptionally());
    }

    @Test
    default void a_trial_takes_no_message_from_the_client_that_runs_and_not_its_place() {
        String address = address();
        List<String> sent = numbered(20);
        Connection connection = connection(address);
        try (Peer peer = peerAt(address);
                LinkUnderTest link =
                        LinkUnderTest.consuming(system(), transport(), connection, settled())) {
            TransportClient trial =
                    transport().trial(connection, LinkUnderTest.context(system(), link));
            done(trial.connect());
            done(
                    trial.consume(connection.sources().getFirst())
                            .toMat(Sink.ignore(), Keep.left())
                            .run(system()));

            peer.send(sent);
            done(trial.close());

            patiently().untilAsserted(() -> assertThat(link.payloads()).isEqualTo(sent));
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    default void blames_the_user_for_a_refused_subscription() {
        String forbidden = broker().forbiddenAddress();
        Assumptions.assumeTrue(forbidden != null, "this broker forbids nothing");
        Connection connection = connection(unique(), broker().uri(), List.of(forbidden));
        try (LinkUnderTest link = LinkUnderTest.connected(system(), transport(), connection)) {

            var granted = link.consume(connection.sources().getFirst(), settled());

            Failure failure = failureOf(() -> done(granted));
            assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
            assertThat(failure.description()).contains(forbidden);
            patiently().until(() -> link.streams().getFirst().isCompletedExceptionally());
        }
    }

    @Test
    default void leaves_messages_with_the_broker_while_others_are_unsettled() {
        int max = unsettledMax();
        List<String> sent = numbered(4 * max);
        Connection connection = connection(address());
        sendWhileAway(connection, sent);
        try (LinkUnderTest link =
                LinkUnderTest.consuming(system(), transport(), connection, message -> {})) {

            patiently().until(() -> link.received().size() == max);
            // What the broker answers comes after everything that it had to send before.
            done(link.client().publish(outbound(address(), "")));
            assertThat(link.received()).hasSize(max);

            for (int settled = 0; settled < sent.size(); settled++) {
                int next = settled;
                patiently().until(() -> link.received().size() > next);
                link.received().get(settled).settlement().accept();
            }
            assertThat(link.payloads()).isEqualTo(sent);
        }
    }

    /** The broker keeps them for the connection, which has been there before. */
    private void sendWhileAway(Connection connection, List<String> payloads) {
        LinkUnderTest.consuming(system(), transport(), connection, settled()).close();
        try (Peer peer = peerAt(addressOf(connection))) {
            peer.send(payloads);
        }
    }

    private static String addressOf(Connection connection) {
        return connection.sources().getFirst().addresses().getFirst();
    }

    static Consumer<Inbound> settled() {
        return message -> message.settlement().accept();
    }

    static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(n -> "message-" + n).toList();
    }
}
