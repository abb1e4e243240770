package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.broker.KafkaProbe.bytes;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/** What Kafka has beside what all transports have. */
class KafkaMessagesIT extends KafkaScene {

    @Test
    void headers_and_what_kafka_knows_of_a_record_become_headers() {
        probe.createTopic(topic, 2);
        try (LinkUnderTest link = consuming(Inbound.Settlement::accept)) {
            var headers = new RecordHeaders();
            headers.add("device", bytes("lamp"));
            headers.add("content-type", bytes("text/plain"));
            headers.add("device", bytes("lämp"));
            headers.add("nothing", null);

            probe.send(
                    new ProducerRecord<>(
                            topic, 1, 1_764_000_000_000L, bytes("key"), bytes("payload"), headers));

            patiently().until(() -> !link.received().isEmpty());
            Inbound message = link.received().getFirst();
            assertThat(message.address()).isEqualTo(topic);
            assertThat(message.headers())
                    .isEqualTo(
                            Headers.of(
                                    Map.of(
                                            "device", "lämp",
                                            "content-type", "text/plain",
                                            "kafka.topic", topic,
                                            "kafka.partition", "1",
                                            "kafka.offset", "0",
                                            "kafka.key", "key",
                                            "kafka.timestamp", "1764000000000")));
        }
    }

    @Test
    void a_record_without_key_and_value_has_no_key_and_an_empty_payload() {
        probe.createTopic(topic, 1);
        try (LinkUnderTest link = consuming(Inbound.Settlement::accept)) {

            probe.send(new ProducerRecord<>(topic, null));

            patiently().until(() -> link.payloads().equals(List.of("")));
            assertThat(link.received().getFirst().headers().has("kafka.key")).isFalse();
        }
    }

    @Test
    void headers_and_key_leave_with_a_message_and_are_answered_as_told() {
        probe.createTopic(topic, 3).listen(topic);
        try (LinkUnderTest link = publishing(Map.of())) {

            PublishResult result = publish(link, topic + "/key/of it#1");

            assertThat(result).isEqualTo(new PublishResult(204, Headers.EMPTY, null));
            patiently()
                    .until(() -> probe.heard().stream().anyMatch(one -> one.topic().equals(topic)));
            ConsumerRecord<byte[], byte[]> heard = heard().getFirst();
            assertThat(heard.key()).asString().isEqualTo("key/of it#1");
            assertThat(heard.value()).asString().isEqualTo("payload");
            assertThat(heard.headers().toArray())
                    .extracting(Header::key, one -> new String(one.value()))
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("device", "lamp"));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> heard() {
        return probe.heard().stream().filter(one -> one.topic().equals(topic)).toList();
    }

    @Test
    void what_kafka_says_of_a_message_is_told_where_it_is_wanted() {
        probe.createTopic(topic, 3);
        try (LinkUnderTest link = publishing(Map.of("debugEnabled", "true"))) {
            assertThat(publish(link, topic + "#2").status()).isEqualTo(200);

            PublishResult result = publish(link, topic + "#2");

            JsonNode value = result.value();
            assertThat(result.status()).isEqualTo(200);
            assertThat(value).isNotNull();
            assertThat(value.get("timestamp").isIntegralNumber()).isTrue();
            assertThat(value.get("serializedKeySize").intValue()).isEqualTo(-1);
            assertThat(value.get("serializedValueSize").intValue()).isEqualTo(7);
            assertThat(value.get("topic").textValue()).isEqualTo(topic);
            assertThat(value.get("partition").intValue()).isEqualTo(2);
            assertThat(value.get("offset").longValue()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"#3, 404", "#x, 400", "' no topic', 400"})
    void an_address_that_leads_nowhere_is_told(String suffix, int status) {
        probe.createTopic(topic, 3);
        try (LinkUnderTest link = publishing(Map.of())) {

            PublishResult result = publish(link, topic + suffix);

            assertThat(result.status()).isEqualTo(status);
            assertThat(String.valueOf(result.value())).contains(topic);
        }
    }

    @Test
    void a_topic_that_may_not_be_written_is_told_and_holds_up_no_other() {
        probe.createTopic(topic, 1);
        try (LinkUnderTest link = publishing(Map.of())) {

            PublishResult refused = publish(link, EmbeddedKafka.FORBIDDEN_TOPIC);
            PublishResult taken = publish(link, topic);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(taken.status()).isEqualTo(204);
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void a_message_that_is_too_large_is_told() {
        probe.createTopic(topic, 1);
        try (LinkUnderTest link = publishing(Map.of())) {
            var large = ByteBuffer.allocate(2_000_000);

            PublishResult result =
                    done(link.client().publish(new Outbound(topic, Headers.EMPTY, large, null)));

            assertThat(result.status()).isEqualTo(413);
        }
    }

    @Test
    void what_has_expired_is_dropped_and_settled() {
        probe.createTopic(topic, 1);
        try (LinkUnderTest link = consuming(Inbound.Settlement::accept)) {
            long now = System.currentTimeMillis();
            send("expired", now - 60_000, "59000");
            send("fresh", now, "600000");
            send("without a readable ttl", now - 60_000, "soon");

            patiently().until(() -> link.received().size() == 2);
            assertThat(link.payloads()).containsExactly("fresh", "without a readable ttl");
            assertThat(link.dropped()).containsExactly(topic);
            patiently().until(() -> probe.committed(group, topic, 0) == 3);
        }
    }

    private void send(String payload, long creationTime, String ttl) {
        var headers = new RecordHeaders();
        headers.add("creation-time", bytes(String.valueOf(creationTime)));
        headers.add("ttl", bytes(ttl));
        probe.send(new ProducerRecord<>(topic, null, (byte[]) null, bytes(payload), headers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "PLAIN", "scram-sha-256", "scram-sha-512"})
    void logs_in_as_the_mechanism_wants(String mechanism) {
        assertThat(loggedIn(mechanism, TestBroker.PASSWORD)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "scram-sha-256", "scram-sha-512"})
    void blames_the_user_for_a_wrong_password(String mechanism) {
        Throwable failure = loggedIn(mechanism, "wrong\"; serviceName=\"x");

        assertThat(failure).hasMessageContaining("refused the credentials");
        assertThat(failure.getMessage()).doesNotContain("serviceName");
    }

    private Throwable loggedIn(String mechanism, String password) {
        Connection connection =
                KafkaConnections.to(
                        group,
                        broker.uri(TestBroker.USER, password),
                        Map.of("saslMechanism", mechanism),
                        List.of());
        LinkUnderTest link = LinkUnderTest.of(system, transport(), connection);
        try {
            return done(
                    link.client()
                            .connect()
                            .handle((_, thrown) -> thrown == null ? null : thrown.getCause()));
        } finally {
            link.close();
        }
    }

    @Test
    void blames_the_user_for_a_group_that_may_not_be_used() {
        probe.createTopic(topic, 1);
        group = EmbeddedKafka.FORBIDDEN_GROUP;
        Connection connection = connection(1);
        try (LinkUnderTest link = LinkUnderTest.connected(system, transport(), connection)) {

            var granted = link.consume(connection.sources().getFirst(), message -> {});

            assertThat(granted)
                    .failsWithin(java.time.Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining(group);
        }
    }

    private LinkUnderTest consuming(java.util.function.Consumer<Inbound.Settlement> settle) {
        return LinkUnderTest.consuming(
                system, transport(), connection(1), one -> settle.accept(one.settlement()));
    }

    private LinkUnderTest publishing(Map<String, String> options) {
        return LinkUnderTest.connected(
                system, transport(), KafkaConnections.to(group, broker.uri(), options, List.of()));
    }

    private static KafkaTransport transport() {
        return new KafkaTransport(KafkaConnections.config());
    }

    private Connection connection(int qos) {
        return KafkaConnections.to(
                "connection",
                broker.uri(),
                Map.of("groupId", group),
                List.of(Connections.source(qos, List.of(topic))));
    }

    private static PublishResult publish(LinkUnderTest link, String address) {
        var payload = ByteBuffer.wrap(bytes("payload"));
        var message = new Outbound(address, Headers.of(Map.of("device", "lamp")), payload, null);
        return done(link.client().publish(message));
    }
}
