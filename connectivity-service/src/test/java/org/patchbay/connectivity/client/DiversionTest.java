package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TakeResponse;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/** Responses that leave by another connection, on both sides, between fakes. */
class DiversionTest {

    private static final String STATIC =
            "'headerMapping': {'divert-response-to-connection': 'other'}";

    private final ClientFixture fixture = new ClientFixture();
    private Connection connection = ClientFixture.connection(source("", ""));
    private @Nullable ActorRef<ClientCommand> client;

    @BeforeEach
    void knowTheInterest() {
        fixture.bus.known.complete(Done.getInstance());
    }

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void a_response_goes_to_the_connection_that_the_header_mapping_names() {
        // Given
        open(source("", STATIC));

        // When
        receive(command("{'correlation-id': 'c-1'}"));

        // Then
        await().untilAsserted(() -> assertThat(fixture.others.offers).hasSize(1));
        FakeOthers.Offer offer = fixture.others.offers.getFirst();
        assertThat(offer.id()).isEqualTo("other");
        assertThat(offer.response().from()).isEqualTo("c");
        assertThat(offer.response().source()).isZero();
        assertThat(offer.response().response().status()).isEqualTo(204);
        assertThat(headersOf(offer))
                .containsEntry("correlation-id", "c-1")
                .containsEntry("diverted-response-from-connection", "c")
                .doesNotContainKeys("divert-response-to-connection");
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
        assertThat(link().published).isEmpty();
    }

    @Test
    void nobody_but_this_connection_hears_where_responses_go() {
        // Given
        open(source("", STATIC));

        // When
        receive(command("{'divert-expected-response-types': 'response'}"));

        // Then
        await().until(() -> !fixture.twins.requests.isEmpty());
        assertThat(fixture.twins.requests.getFirst().signal().headers().asMap())
                .doesNotContainKeys(
                        "divert-response-to-connection", "divert-expected-response-types");
    }

    @Test
    void a_mapper_names_the_connection_message_by_message() {
        // Given
        open(source("", ""));

        // When
        receive(command("{'correlation-id': 'a', 'divert-response-to-connection': 'left'}"));
        receive(command("{'correlation-id': 'b', 'divert-response-to-connection': 'right'}"));
        receive(command("{'correlation-id': 'c'}"));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(3));
        assertThat(fixture.others.offers.stream().map(FakeOthers.Offer::id))
                .containsExactly("left", "right");
        await().untilAsserted(() -> assertThat(correlationIdsOfReplies()).containsExactly("c"));
    }

    @Test
    void types_that_are_not_diverted_go_the_usual_way() {
        // Given
        open(source("", STATIC.replace("}", ", 'divert-expected-response-types': 'nack, error'}")));

        // When
        receive(command("{'correlation-id': 'fine'}"));
        receive(
                command(
                        "{'correlation-id': 'nack', 'requested-acks': ['nobody:x'], 'timeout': '1ms'}"));
        receive("not json");

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(3));
        assertThat(
                        fixture.others.offers.stream()
                                .map(offer -> offer.response().response().status()))
                .containsExactlyInAnyOrder(408, 400);
        await().untilAsserted(() -> assertThat(correlationIdsOfReplies()).containsExactly("fine"));
    }

    @Test
    void errors_about_what_can_not_be_read_are_diverted_by_the_header_mapping_alone() {
        // Given
        open(source("", STATIC));

        // When
        link().receive(
                        "in/0",
                        "not json",
                        Headers.of(Map.of("divert-response-to-connection", "forged")));

        // Then
        await().untilAsserted(() -> assertThat(fixture.others.offers).hasSize(1));
        assertThat(fixture.others.offers.getFirst().id()).isEqualTo("other");
        assertThat(headersOf(fixture.others.offers.getFirst()))
                .doesNotContainKey("divert-response-to-connection");
    }

    @Test
    void a_response_can_go_both_ways() {
        // Given
        open(source("'preserve-normal-response-via-source': 'true',", STATIC));

        // When
        receive(command("{'correlation-id': 'c-1'}"));

        // Then
        await().untilAsserted(() -> assertThat(correlationIdsOfReplies()).containsExactly("c-1"));
        assertThat(fixture.others.offers).hasSize(1);
    }

    @Test
    void a_connection_that_is_no_source_of_diversion_diverts_nothing() {
        // Given
        open(source("'is-diversion-source': 'false',", STATIC));

        // When
        receive(command("{'correlation-id': 'c-1'}"));

        // Then
        await().untilAsserted(() -> assertThat(correlationIdsOfReplies()).containsExactly("c-1"));
        assertThat(fixture.others.offers).isEmpty();
    }

    @Test
    void the_message_waits_until_its_response_is_handed_over() {
        // Given
        open(source("", STATIC));
        CompletableFuture<ConnectionReply> reply = new CompletableFuture<>();
        fixture.others.answer(_ -> reply);

        // When
        receive(command("{'correlation-id': 'c-1'}"));
        await().until(() -> !fixture.others.offers.isEmpty());

        // Then
        assertThat(link().settled).isEmpty();
        reply.complete(new ConnectionReply.Done());
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
    }

    @Test
    void what_the_other_connection_can_not_take_now_is_offered_again_and_in_order() {
        // Given
        open(source("", STATIC));
        fixture.others.answer(_ ->
                switch (fixture.others.offers.size()) {
                    case 1 -> CompletableFuture.failedFuture(new TimeoutException("no answer"));
                    case 2 ->
                            CompletableFuture.completedFuture(
                                    new ConnectionReply.Failed(
                                            ConnectionProblems.unavailable("other")));
                    default -> CompletableFuture.completedFuture(new ConnectionReply.Done());
                });

        // When
        receive(command("{'correlation-id': 'a'}"));
        receive(command("{'correlation-id': 'b'}"));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(2));
        assertThat(fixture.others.offers.stream().map(DiversionTest::headersOf))
                .extracting(headers -> headers.get("correlation-id"))
                .containsExactly("a", "a", "a", "b");
        assertThat(fixture.twins.requests).hasSize(2);
    }

    @Test
    void what_the_other_connection_will_not_take_is_counted_and_logged() {
        // Given
        open(source("", STATIC));
        fixture.others.answer(_ ->
                CompletableFuture.completedFuture(
                        new ConnectionReply.Failed(ConnectionProblems.notOpen("other"))));

        // When
        receive(command("{'correlation-id': 'c-1'}"));
        receive(command("{'correlation-id': 'c-2', 'divert-response-to-connection': 'no id'}"));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(2));
        assertThat(fixture.others.offers).hasSize(1);
        assertThat(metrics().at("/targetMetrics/addressMetrics/_responses/dropped/failure/PT1M"))
                .hasToString("2");
        assertThat(logs()).anyMatch(text -> text.contains("'other'") && text.contains("closed"));
    }

    @Test
    void a_diverted_response_leaves_by_the_target_of_its_source() {
        // Given
        open(target("'is-diversion-target': 'true', 'authorized-connections-as-sources': 'a, b'"));

        // When
        ConnectionReply reply = offer("b", 1);

        // Then
        assertThat(reply).isEqualTo(new ConnectionReply.Done());
        await().untilAsserted(() -> assertThat(link().published).hasSize(1));
        Outbound message = link().published.getFirst();
        assertThat(message.address()).isEqualTo("second/one");
        assertThat(message.headers().get("from")).isEqualTo("b");
        JsonNode envelope = Json.parse(message.payload().array());
        assertThat(envelope.get("status").asInt()).isEqualTo(204);
        assertThat(envelope.at("/headers").has("requested-acks")).isFalse();
    }

    @Test
    void a_response_from_a_stranger_is_dropped_counted_and_logged() {
        // Given
        open(target("'is-diversion-target': 'true', 'authorized-connections-as-sources': 'a'"));

        // When
        ConnectionReply reply = offer("b", 0);

        // Then
        assertThat(statusOf(reply)).isEqualTo(403);
        assertThat(metrics().at("/targetMetrics/addressMetrics/first/dropped/failure/PT1M"))
                .hasToString("1");
        assertThat(logs())
                .anyMatch(text -> text.contains("'b'") && text.contains("authorized-connections"));
        assertThat(link().published).isEmpty();
    }

    @Test
    void a_connection_that_is_no_target_of_diversion_takes_nothing() {
        // Given
        open(target("'authorized-connections-as-sources': 'a'"));

        // Then
        assertThat(statusOf(offer("a", 0))).isEqualTo(403);
    }

    @Test
    void a_source_without_a_target_in_its_place_is_told_so() {
        // Given
        open(target("'is-diversion-target': 'true', 'authorized-connections-as-sources': 'a'"));

        // When
        ConnectionReply reply = offer("a", 2);

        // Then
        assertThat(statusOf(reply)).isEqualTo(403);
        assertThat(logs()).anyMatch(text -> text.contains("no target 3"));
    }

    @Test
    void what_finds_no_room_is_to_be_offered_again() {
        // Given
        open(target("'is-diversion-target': 'true', 'authorized-connections-as-sources': 'a'"));
        link().lose();

        // When
        List<Integer> answers =
                java.util.stream.IntStream.range(0, 20)
                        .mapToObj(_ -> statusOf(offer("a", 0)))
                        .toList();

        // Then
        assertThat(answers).startsWith(200).endsWith(503).hasSize(20);
    }

    private void open(String fields) {
        connection = ClientFixture.connection(fields);
        ActorRef<ClientCommand> started = fixture.start(connection);
        client = started;
        await().until(() -> !fixture.transport.clients.isEmpty());
        link().up();
        fixture.awaitOpen(started).receiveMessage();
    }

    private ConnectionReply offer(String from, int source) {
        TestProbe<ConnectionReply> probe = fixture.kit.createTestProbe(ConnectionReply.class);
        Signal response =
                Signal.command(
                                TopicPath.parse("org.x/one/things/twin/commands/modify"),
                                JsonPointer.parse("/attributes/x"),
                                Headers.EMPTY,
                                null)
                        .respond(
                                204,
                                Headers.of(Map.of("diverted-response-from-connection", from)),
                                null);
        client().tell(
                        new ClientCommand.TakeResponse(
                                new TakeResponse(response, from, source), probe.ref()));
        return probe.receiveMessage();
    }

    private static int statusOf(ConnectionReply reply) {
        return reply instanceof ConnectionReply.Failed(Problem problem, _) ? problem.status() : 200;
    }

    private ActorRef<ClientCommand> client() {
        return java.util.Objects.requireNonNull(client);
    }

    private FakeTransport.Client link() {
        return fixture.transport.clients.getFirst();
    }

    private void receive(String payload) {
        link().receive("in/0", payload, Headers.EMPTY);
    }

    private List<String> correlationIdsOfReplies() {
        return link().published.stream()
                .map(message -> Json.parse(message.payload().array()))
                .map(reply -> reply.at("/headers/correlation-id").asText())
                .toList();
    }

    private static Map<String, String> headersOf(FakeOthers.Offer offer) {
        return offer.response().response().headers().asMap();
    }

    private JsonNode metrics() {
        return report(ReportKind.METRICS);
    }

    private List<String> logs() {
        return report(ReportKind.LOGS).get("connectionLogs").findValuesAsText("message");
    }

    private JsonNode report(ReportKind kind) {
        return Reports.merge(kind, connection, List.of(fixture.report(client(), kind)));
    }

    private static String command(String headers) {
        String payload =
                "{'topic': 'org.x/one/things/twin/commands/modify', 'headers': %s,"
                        + " 'path': '/attributes/x', 'value': 1}";
        return payload.formatted(headers).replace('\'', '"');
    }

    private static String source(String options, String more) {
        return """
        'sources': [{'addresses': ['in/0'], 'authorizationContext': ['nginx:ditto'], %s
            'replyTarget': {'enabled': true, 'address': 'reply'}}],
        'specificConfig': {%s}
        """
                .formatted(
                        more.isEmpty() ? "" : more + ",",
                        options.contains("is-diversion-source")
                                ? options.replace(",", "")
                                : options + "'is-diversion-source': 'true'");
    }

    private static String target(String options) {
        return """
        'targets': [
          {'address': 'first', 'topics': [], 'authorizationContext': ['nginx:ditto'], 'qos': 1},
          {'address': 'second/{{ thing:name }}', 'topics': [], 'authorizationContext': ['nginx:ditto'],
           'headerMapping': {'from': '{{ header:diverted-response-from-connection }}'}, 'qos': 1}],
        'specificConfig': {%s}
        """
                .formatted(options);
    }
}
