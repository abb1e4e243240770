package org.patchbay.connectivity.transport.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.qpid.jms.JmsQueue;
import org.apache.qpid.jms.JmsTopic;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.amqp.Symbol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Amqp10Probe;
import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

/** What AMQP 1.0 has beside what all transports have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp10MessagesIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp10");
    private EmbeddedArtemis broker;
    private Amqp10Probe probe;
    private String queue;
    private String other;

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

    @BeforeEach
    void comeToTheBroker() {
        queue = "queue-" + UUID.randomUUID();
        other = "other-" + UUID.randomUUID();
        probe = Amqp10Probe.at(broker);
    }

    @AfterEach
    void leave() {
        probe.close();
    }

    @Test
    void what_amqp_has_names_for_becomes_headers() {
        try (LinkUnderTest link = consuming(queue)) {

            probe.send(
                    new JmsQueue(queue),
                    session -> {
                        TextMessage message = session.createTextMessage("payload");
                        message.setJMSCorrelationID("7");
                        message.setJMSReplyTo(new JmsQueue("answers"));
                        message.setJMSType("alarm");
                        message.setStringProperty("JMSXGroupID", "lamps");
                        message.setIntProperty("JMSXGroupSeq", 3);
                        message.setStringProperty("JMS_AMQP_REPLY_TO_GROUP_ID", "hall");
                        facade(message).setContentType(Symbol.valueOf("text/plain"));
                        message.setStringProperty("device", "lamp");
                        message.setLongProperty("level", 3);
                        message.setStringProperty("to", "somebody");
                        facade(message).setTracingAnnotation("x-opt-zone", "hall");
                        return message;
                    });

            patiently().until(() -> !link.received().isEmpty());
            Map<String, String> headers = link.received().getFirst().headers().asMap();
            assertThat(headers)
                    .containsEntry("to", queue)
                    .containsEntry("correlation-id", "7")
                    .containsEntry("reply-to", "answers")
                    .containsEntry("subject", "alarm")
                    .containsEntry("group-id", "lamps")
                    .containsEntry("group-sequence", "3")
                    .containsEntry("reply-to-group-id", "hall")
                    .containsEntry("content-type", "text/plain")
                    .containsEntry("device", "lamp")
                    .containsEntry("level", "3")
                    .containsEntry("amqp.application.property:to", "somebody")
                    .containsEntry("amqp.message.annotation:x-opt-zone", "hall")
                    .containsKeys("message-id", "creation-time");
            assertThat(link.payloads()).containsExactly("payload");
        }
    }

    @Test
    void headers_become_what_amqp_has_names_for() throws JMSException {
        probe.listen(new JmsQueue(other));
        try (LinkUnderTest link = consuming(queue)) {
            Map<String, String> headers =
                    Map.ofEntries(
                            Map.entry("message-id", "m-1"),
                            Map.entry("user-id", "me"),
                            Map.entry("to", "/devices/lamp"),
                            Map.entry("subject", "alarm"),
                            Map.entry("reply-to", "answers"),
                            Map.entry("Correlation-Id", "7"),
                            Map.entry("content-type", "text/plain"),
                            Map.entry("absolute-expiry-time", "4102444800000"),
                            Map.entry("creation-time", "1700000000000"),
                            Map.entry("group-id", "lamps"),
                            Map.entry("group-sequence", "3"),
                            Map.entry("reply-to-group-id", "hall"),
                            Map.entry("device", "lamp"),
                            Map.entry("amqp.application.property:to", "somebody"),
                            Map.entry("amqp.message.annotation:x-opt-zone", "hall"));

            publish(link, other, Headers.of(headers));

            Message heard = heard();
            AmqpJmsMessageFacade message = facade(heard);
            assertThat(heard).isInstanceOf(TextMessage.class);
            assertThat(message.getProviderMessageIdObject()).isEqualTo("m-1");
            assertThat(message.getUserId()).isEqualTo("me");
            assertThat(message.getDestination().getAddress()).isEqualTo("/devices/lamp");
            assertThat(message.getType()).isEqualTo("alarm");
            assertThat(message.getReplyTo().getAddress()).isEqualTo("answers");
            assertThat(message.getCorrelationId()).isEqualTo("7");
            assertThat(message.getContentType().toString()).isEqualTo("text/plain");
            assertThat(message.getExpiration()).isEqualTo(4102444800000L);
            assertThat(message.getTimestamp()).isEqualTo(1700000000000L);
            assertThat(message.getGroupId()).isEqualTo("lamps");
            assertThat(message.getGroupSequence()).isEqualTo(3);
            assertThat(message.getReplyToGroupId()).isEqualTo("hall");
            assertThat(message.getApplicationProperty("device")).isEqualTo("lamp");
            assertThat(message.getApplicationProperty("to")).isEqualTo("somebody");
            assertThat(message.getTracingAnnotation("x-opt-zone")).isEqualTo("hall");
            assertThat(message.isPersistent()).isTrue();
        }
    }

    @Test
    void a_message_that_says_no_more_is_addressed_and_told_apart() throws JMSException {
        probe.listen(new JmsQueue(other));
        try (LinkUnderTest link = consuming(queue)) {

            publish(link, other, Headers.EMPTY);

            Message heard = heard();
            assertThat(heard).isInstanceOf(BytesMessage.class);
            assertThat(facade(heard).getDestination().getAddress()).isEqualTo(other);
            assertThat(heard.getJMSMessageID()).isNotBlank();
            assertThat(heard.getJMSTimestamp()).isPositive();
        }
    }

    @Test
    void an_id_that_is_no_text_comes_back_as_what_it_was() throws JMSException {
        UUID id = UUID.randomUUID();
        probe.listen(new JmsQueue(other));
        try (LinkUnderTest link = consuming(queue)) {
            probe.send(
                    new JmsQueue(queue),
                    session -> {
                        TextMessage message = session.createTextMessage("ask");
                        message.setJMSCorrelationID("ID:AMQP_UUID:" + id);
                        return message;
                    });
            patiently().until(() -> !link.received().isEmpty());
            String correlationId = link.received().getFirst().headers().correlationId();

            publish(link, other, Headers.EMPTY.withCorrelationId(String.valueOf(correlationId)));

            assertThat(heard().getJMSCorrelationID()).isEqualTo("ID:AMQP_UUID:" + id);
        }
    }

    @Test
    void bytes_are_bytes() {
        byte[] bytes = {0, -1, 127, -128};
        try (LinkUnderTest link = consuming(queue)) {

            probe.send(
                    new JmsQueue(queue),
                    session -> {
                        BytesMessage message = session.createBytesMessage();
                        message.writeBytes(bytes);
                        return message;
                    });

            patiently().until(() -> !link.received().isEmpty());
            assertThat(link.received().getFirst().payload()).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @Test
    void a_message_without_a_body_is_empty() {
        try (LinkUnderTest link = consuming(queue)) {

            probe.send(new JmsQueue(queue), session -> session.createMessage());

            patiently().until(() -> link.payloads().equals(List.of("")));
        }
    }

    @Test
    void a_body_that_is_neither_text_nor_bytes_is_dropped_and_rejected() {
        long before = broker.deadLetters();
        try (LinkUnderTest link = consuming(queue)) {

            probe.send(new JmsQueue(queue), session -> session.createMapMessage());
            probe.send(queue, "next");

            patiently().until(() -> link.payloads().equals(List.of("next")));
            assertThat(link.dropped()).containsExactly(queue);
            patiently().until(() -> broker.deadLetters() == before + 1);
        }
    }

    @Test
    void a_rejected_message_is_given_up_and_an_accepted_one_is_gone() {
        long before = broker.deadLetters();
        try (LinkUnderTest link = consuming(queue, message -> message.settlement().reject())) {

            probe.send(queue, "poison");

            patiently().until(() -> broker.deadLetters() == before + 1);
            assertThat(link.received()).hasSize(1);
        }
    }

    @Test
    void a_message_wanted_again_comes_again_over_the_same_link_as_failed() {
        try (LinkUnderTest link = consuming(queue, _ -> {})) {
            probe.send(queue, "again");
            patiently().until(() -> link.received().size() == 1);

            link.received().getFirst().settlement().redeliver();

            patiently().until(() -> link.payloads().equals(List.of("again", "again")));
            link.received().getLast().settlement().accept();
            patiently().until(() -> broker.left(queue) == 0);
        }
    }

    @Test
    void messages_reach_a_topic() {
        probe.listen(new JmsTopic("news"));
        try (LinkUnderTest link = consuming(queue)) {

            publish(link, "topic://news", Headers.EMPTY);

            assertThat(Amqp10Probe.payload(heard())).isEqualTo("payload");
        }
    }

    @Test
    void queues_and_topics_are_consumed_by_their_full_names() {
        try (LinkUnderTest link =
                LinkUnderTest.consuming(
                        system,
                        Amqp10Connections.transport(),
                        connection(List.of("queue://" + queue, "topic://" + other)),
                        Amqp10MessagesIT::accept)) {

            probe.send(queue, "to the queue");
            probe.send(new JmsTopic(other), session -> session.createTextMessage("to the topic"));

            patiently()
                    .untilAsserted(() ->
                            assertThat(link.payloads())
                                    .containsExactlyInAnyOrder("to the queue", "to the topic"));
            assertThat(link.received())
                    .extracting(Inbound::address)
                    .containsExactlyInAnyOrder("queue://" + queue, "topic://" + other);
        }
    }

    @Test
    void what_a_broker_refuses_harms_nobody_else() {
        try (LinkUnderTest link = consuming(queue)) {
            assertThat(publish(link, EmbeddedArtemis.FULL, Headers.EMPTY).status()).isEqualTo(200);

            CompletionStage<PublishResult> forbidden =
                    link.client().publish(message(EmbeddedArtemis.FORBIDDEN, Headers.EMPTY));
            CompletionStage<PublishResult> missing =
                    link.client().publish(message(EmbeddedArtemis.MISSING, Headers.EMPTY));
            CompletionStage<PublishResult> full =
                    link.client().publish(message(EmbeddedArtemis.FULL, Headers.EMPTY));
            CompletionStage<PublishResult> fine =
                    link.client().publish(message(other, Headers.EMPTY));

            assertThat(done(forbidden).status()).as("%s", done(forbidden)).isEqualTo(403);
            assertThat(done(missing).status()).isEqualTo(404);
            assertThat(done(full).status()).isEqualTo(503);
            assertThat(done(fine).status()).isEqualTo(200);
            assertThat(String.valueOf(done(missing).value())).contains(EmbeddedArtemis.MISSING);
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void an_address_without_credit_holds_up_no_other() {
        try (LinkUnderTest link = consuming(queue)) {
            CompletionStage<PublishResult> held =
                    IntStream.range(0, 300)
                            .mapToObj(_ ->
                                    link.client()
                                            .publish(
                                                    message(
                                                            EmbeddedArtemis.BLOCKED,
                                                            Headers.EMPTY)))
                            .toList()
                            .getLast();

            PublishResult result = publish(link, other, Headers.EMPTY);

            assertThat(result.status()).isEqualTo(200);
            assertThat(held.toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void a_header_that_can_not_be_what_it_says_is_told() {
        try (LinkUnderTest link = consuming(queue)) {

            PublishResult result =
                    publish(link, other, Headers.of(Map.of("group-sequence", "first")));

            assertThat(result.status()).isEqualTo(400);
            assertThat(String.valueOf(result.value())).contains("group-sequence").contains("first");
        }
    }

    @Test
    void publishes_to_many_addresses_over_few_producers() {
        try (LinkUnderTest link = consuming(queue)) {
            int before = broker.sessions();
            List<CompletionStage<PublishResult>> results =
                    IntStream.range(0, 40)
                            .mapToObj(n -> link.client().publish(message(other + n, Headers.EMPTY)))
                            .toList();

            results.forEach(one -> assertThat(done(one).status()).isEqualTo(200));
            int most = before + Amqp10Connections.CONFIG.producersMax();
            patiently().until(() -> broker.sessions() <= most);
        }
    }

    @Test
    void a_queue_that_is_deleted_is_told_and_consumed_again_when_it_is_there() {
        try (LinkUnderTest link = consuming(EmbeddedArtemis.MISSING_YET, broker)) {

            broker.delete(EmbeddedArtemis.MISSING_YET);
            patiently().until(() -> !link.impairments().isEmpty());
            assertThat(link.impairments().getLast()).contains(EmbeddedArtemis.MISSING_YET);
            broker.create(EmbeddedArtemis.MISSING_YET);
            probe.send(EmbeddedArtemis.MISSING_YET, "back");

            patiently().until(() -> link.payloads().equals(List.of("back")));
            assertThat(link.impairments()).isEmpty();
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void blames_the_user_for_a_queue_that_is_not_there() {
        Connection connection = connection(List.of(EmbeddedArtemis.MISSING));
        try (LinkUnderTest link =
                LinkUnderTest.connected(system, Amqp10Connections.transport(), connection)) {

            var granted = link.consume(connection.sources().getFirst(), message -> {});

            assertThat(granted)
                    .failsWithin(java.time.Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining(EmbeddedArtemis.MISSING);
        }
    }

    private LinkUnderTest consuming(String source) {
        return consuming(source, Amqp10MessagesIT::accept);
    }

    private LinkUnderTest consuming(String source, EmbeddedArtemis withQueue) {
        withQueue.create(source);
        return consuming(source);
    }

    private LinkUnderTest consuming(String source, Consumer<Inbound> each) {
        return LinkUnderTest.consuming(
                system, Amqp10Connections.transport(), connection(List.of(source)), each);
    }

    private static void accept(Inbound message) {
        message.settlement().accept();
    }

    private Connection connection(List<String> addresses) {
        return Amqp10Connections.connection("connection", broker.uri(), Map.of(), addresses);
    }

    private Message heard() {
        patiently().until(() -> !probe.heard().isEmpty());
        return probe.heard().getFirst();
    }

    private static AmqpJmsMessageFacade facade(Message message) {
        return (AmqpJmsMessageFacade) ((JmsMessage) message).getFacade();
    }

    private static PublishResult publish(LinkUnderTest link, String address, Headers headers) {
        return done(link.client().publish(message(address, headers)));
    }

    private static Outbound message(String address, Headers headers) {
        var payload = ByteBuffer.wrap("payload".getBytes(StandardCharsets.UTF_8));
        return new Outbound(address, headers, payload, null);
    }
}
