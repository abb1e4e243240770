package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.broker.KafkaProbe.bytes;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.LinkUnderTest;

/** What is committed, what comes again, and in which order. */
class KafkaOffsetsIT extends KafkaScene {

    private static final Consumer<Inbound> ACCEPT = message -> message.settlement().accept();
    private static final Consumer<Inbound> LEAVE = message -> {};

    @Test
    void commits_up_to_the_first_message_that_is_not_settled() {
        probe.createTopic(topic, 1);
        try (LinkUnderTest link = consuming(1, LEAVE)) {
            probe.send(topic, numbered(4));
            patiently().until(() -> link.received().size() == 4);

            settle(link, 0, 1, 3);
            patiently().until(() -> committed(0) == 2);

            settle(link, 2);
            patiently().until(() -> committed(0) == 4);
        }
    }

    @Test
    void only_what_is_wanted_again_comes_again_over_the_same_link() {
        probe.createTopic(topic, 1);
        try (LinkUnderTest link = consuming(1, LEAVE)) {
            probe.send(topic, numbered(4));
            patiently().until(() -> link.received().size() == 4);
            settle(link, 1, 3);

            link.received().get(0).settlement().redeliver();
            link.received().get(2).settlement().redeliver();

            patiently().until(() -> link.received().size() == 6);
            assertThat(link.payloads().subList(4, 6)).containsExactly("0", "2");
            probe.send(topic, List.of("new"));
            patiently().until(() -> link.received().size() == 7);
            settle(link, 4, 5, 6);
            patiently().until(() -> committed(0) == 5);
        }
    }

    @Test
    void one_message_that_is_not_settled_lets_a_bounded_number_pass() {
        probe.createTopic(topic, 1);
        int max = KafkaConnections.UNSETTLED_MAX;
        try (LinkUnderTest link = consuming(1, message -> acceptAllBut("0", message))) {
            probe.send(topic, numbered(3 * max));
            patiently().until(() -> link.received().size() == max);

            settle(link, 0);

            patiently().until(() -> committed(0) == 3L * max);
            assertThat(link.payloads()).isEqualTo(numbered(3 * max));
        }
    }

    @Test
    void with_qos_0_nothing_comes_twice_and_what_was_not_begun_comes_later() {
        probe.createTopic(topic, 1);
        LinkUnderTest before = consuming(0, LEAVE);
        int max = KafkaConnections.UNSETTLED_MAX;
        probe.send(topic, numbered(2 * max));
        patiently().until(() -> before.received().size() == max);
        assertThat(committed(0)).isGreaterThanOrEqualTo(max);
        before.close();

        try (LinkUnderTest after = consuming(0, ACCEPT)) {
            probe.send(topic, List.of("new"));

            patiently().until(() -> after.payloads().contains("new"));
            assertThat(Stream.concat(before.payloads().stream(), after.payloads().stream()))
                    .containsExactlyElementsOf(
                            Stream.concat(numbered(2 * max).stream(), Stream.of("new")).toList());
        }
    }

    @Test
    void a_partition_that_is_added_later_begins_with_its_first_message() {
        probe.createTopic(topic, 1);
        probe.send(topic, List.of("before the group"));
        try (LinkUnderTest link = consuming(1, ACCEPT)) {
            probe.send(topic, List.of("first"));
            patiently().until(() -> link.payloads().equals(List.of("first")));
        }
        probe.extend(topic, 2);
        probe.send(new ProducerRecord<>(topic, 1, null, bytes("in the new partition")));

        try (LinkUnderTest link = consuming(1, ACCEPT)) {
            patiently().until(() -> link.payloads().equals(List.of("in the new partition")));
        }
    }

    /** Who had the group before had committed what it had consumed, and nothing else. */
    @Test
    void of_a_group_that_is_taken_over_a_partition_without_a_commit_begins_with_what_is_new() {
        probe.createTopic(topic, 2);
        sendToEach(List.of("old", "older twin state"));
        probe.commit(group, topic, 0, 1);
        try (LinkUnderTest link = consuming(1, ACCEPT)) {
            sendToEach(List.of("new"));

            patiently().until(() -> committed(0) == 3 && committed(1) == 3);
            assertThat(link.payloads()).containsExactlyInAnyOrder("older twin state", "new", "new");
        }
    }

    @Test
    void of_a_group_that_was_taken_over_a_partition_that_is_added_begins_with_its_first_message() {
        probe.createTopic(topic, 1);
        probe.send(topic, List.of("old"));
        probe.commit(group, topic, 0, 1);
        consuming(1, ACCEPT).close();
        probe.extend(topic, 2);
        probe.send(new ProducerRecord<>(topic, 1, null, bytes("in the new partition")));

        try (LinkUnderTest link = consuming(1, ACCEPT)) {
            patiently().until(() -> link.payloads().equals(List.of("in the new partition")));
        }
    }

    @Test
    void after_a_rebalance_at_most_what_was_in_flight_comes_again_in_order() {
        probe.createTopic(topic, 2);
        try (LinkUnderTest first = consuming(1, message -> acceptAllBut("5", message))) {
            sendToEach(numbered(8));
            patiently().until(() -> first.received().size() == 16);

            try (LinkUnderTest second = consuming(1, ACCEPT)) {
                patiently().until(() -> !second.received().isEmpty());
                sendToEach(List.of("new"));

                patiently().until(() -> second.payloads().contains("new"));
                assertThat(second.payloads()).containsExactly("5", "6", "7", "new");
                patiently().until(() -> first.payloads().contains("new"));
                assertThat(first.payloads()).containsOnlyOnce("new").hasSize(17);
            }
        }
    }

    @Test
    void who_leaves_hands_over_and_nothing_settled_comes_again() {
        probe.createTopic(topic, 2);
        try (LinkUnderTest first = consuming(1, ACCEPT)) {
            LinkUnderTest second = consuming(1, ACCEPT);
            sendToEach(numbered(50));
            patiently().until(() -> first.received().size() + second.received().size() == 100);
            second.close();
            sendToEach(List.of("new"));

            patiently().until(() -> first.payloads().stream().filter("new"::equals).count() == 2);
            assertThat(first.received().size() + second.received().size()).isEqualTo(102);
        }
    }

    private void sendToEach(List<String> payloads) {
        for (String payload : payloads) {
            probe.send(new ProducerRecord<>(topic, 0, null, bytes(payload)));
            probe.send(new ProducerRecord<>(topic, 1, null, bytes(payload)));
        }
    }

    private static void acceptAllBut(String payload, Inbound message) {
        if (!LinkUnderTest.payload(message).equals(payload)) {
            message.settlement().accept();
        }
    }

    private static void settle(LinkUnderTest link, int... received) {
        for (int one : received) {
            link.received().get(one).settlement().accept();
        }
    }

    private long committed(int partition) {
        return probe.committed(group, topic, partition);
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private LinkUnderTest consuming(int qos, Consumer<Inbound> each) {
        Connection connection =
                KafkaConnections.to(
                        "connection",
                        broker.uri(),
                        Map.of("groupId", group),
                        List.of(Connections.source(qos, List.of(topic))));
        return LinkUnderTest.consuming(
                system, new KafkaTransport(KafkaConnections.config()), connection, each);
    }
}
