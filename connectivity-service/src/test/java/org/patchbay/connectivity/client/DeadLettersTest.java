package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** What becomes of messages that can't be handled, between a fake broker and fake twins. */
class DeadLettersTest {

    private static final String ENDPOINTS =
            """
            'sources': [{'addresses': ['in/#'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
              'enforcement': {'input': '{{ header:device }}', 'filters': ['{{ entity:id }}', 'any']}}],
            'targets': [{'address': 'out/{{ thing:name }}', 'topics': ['_/_/things/twin/events'],
              'authorizationContext': ['nginx:ditto'], 'qos': 1, 'issuedAcknowledgementLabel': 'c:out'}],
            'specificConfig': {'dead-letter-address': '%s'}
            """;

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
                            """));

    private final ClientFixture fixture = new ClientFixture();
    private ActorRef<ClientCommand> client;

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void what_can_not_be_mapped_is_kept_as_it_came_with_the_reason_in_headers() {
        // Given
        open("dead/{{ connection:id }}/{{ source:address }}");
        Headers headers =
                Headers.of(Map.of("device", "any", "mqtt.topic", "in/a", "content-type", "x/y"));

        // When
        link().receive("in/a", "not json", headers);

        // Then
        await().untilAsserted(() -> assertThat(link().settled).containsExactly("accept not json"));
        Outbound letter = deadLetters().getFirst();
        assertThat(letter.address()).isEqualTo("dead/c/in/a");
        assertThat(letter.qos()).isEqualTo(1);
        assertThat(text(letter)).isEqualTo("not json");
        assertThat(letter.headers().asMap())
                .containsEntry("device", "any")
                .containsEntry("content-type", "x/y")
                .containsEntry("dead-letter-reason", "mapping-failed")
                .containsEntry("dead-letter-stage", "mapping")
                .containsEntry("dead-letter-code", "json.invalid")
                .containsEntry("dead-letter-source", "in/a")
                .containsEntry("dead-letter-via", "c")
                .containsKeys("dead-letter-description", "dead-letter-time")
                .doesNotContainKeys("mqtt.topic", "dead-letter-target", "dead-letter-entity");
    }

    @Test
    void what_nobody_foresaw_is_kept_as_well() {
        // Given
        open("dead");

        // When
        receive("poison");

        // Then
        await().untilAsserted(() -> assertThat(link().settled).containsExactly("accept poison"));
        assertThat(text(deadLetters().getFirst())).isEqualTo("poison");
        assertThat(deadLetters().getFirst().headers().get("dead-letter-description"))
                .contains("nobody foresaw this");
    }

    @Test
    void a_message_that_speaks_for_another_entity_is_kept() {
        // Given
        open("dead");

        // When
        link().receive("in/a", command("one"), Headers.of(Map.of("device", "org.x:other")));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
        assertThat(deadLetters().getFirst().headers().asMap())
                .containsEntry("dead-letter-stage", "enforcement")
                .containsEntry("dead-letter-code", "connectivity:connection.id.enforcement.failed")
                .containsEntry("dead-letter-entity", "org.x:one");
    }

    @Test
    void what_a_twin_denies_is_kept_under_the_reason_that_its_address_names() {
        // Given
        open("dead/{{ dead-letter:reason }}/{{ thing:name }}");
        fail(403, "things:attribute.notmodifiable");

        // When
        receive(command("one"));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
        assertThat(deadLetters().getFirst().address()).isEqualTo("dead/not-allowed/one");
        assertThat(text(deadLetters().getFirst())).isEqualTo(command("one"));
    }

    @Test
    void what_is_dropped_on_purpose_is_no_dead_letter() {
        // Given
        open("dead");
        fail(412, "things:precondition.failed");

        // When
        receive("");
        receive(command("one"));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(2));
        assertThat(deadLetters()).isEmpty();
        assertThat(sources(Reason.MAPPED_TO_NOTHING)).isEqualTo(1);
        assertThat(sources(Reason.CONDITION_NOT_MET)).isEqualTo(1);
    }

    @Test
    void a_message_is_acknowledged_only_when_the_broker_has_its_dead_letter() {
        // Given
        open("dead");
        link().answers = _ -> Optional.empty();
        receive("not json");
        await().until(() -> !deadLetters().isEmpty());
        assertThat(link().settled).isEmpty();

        // When
        link().answer();

        // Then
        await().untilAsserted(() -> assertThat(link().settled).containsExactly("accept not json"));
    }

    @Test
    void where_a_dead_letter_is_not_taken_the_broker_sends_the_message_again() {
        // Given
        open("dead");
        link().answers = _ -> Optional.of(status(400));

        // When
        receive("not json");

        // Then
        await().untilAsserted(
                        () -> assertThat(link().settled).containsExactly("redeliver not json"));
        assertThat(sources(Reason.MAPPING_FAILED)).isEqualTo(1);
    }

    @Test
    void where_a_dead_letter_is_not_taken_and_nobody_sends_again_the_log_says_so() {
        // Given
        open("dead", false);
        link().answers = _ -> Optional.of(status(400));

        // When
        receive("not json");

        // Then
        await().untilAsserted(() ->
                assertThat(logged())
                        .contains("Lost, for the broker does not send it again", "_dead-letters"));
        assertThat(link().settled).containsExactly("accept not json");
    }

    @Test
    void what_can_not_be_handled_in_time_is_kept_where_the_broker_does_not_send_it_again() {
        // Given
        fixture.retryBudget = Duration.ofMillis(100);
        open("dead", false);
        unavailable();

        // When
        receive(command("one"));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).containsExactly(accepted("one")));
        assertThat(deadLetters().getFirst().headers().asMap())
                .containsEntry("dead-letter-reason", "given-up")
                .containsEntry("dead-letter-stage", "dispatch");
    }

    @Test
    void what_the_broker_sends_again_is_no_dead_letter_yet() {
        // Given
        fixture.retryBudget = Duration.ofMillis(100);
        open("dead");
        unavailable();

        // When
        receive(command("one"));

        // Then
        await().untilAsserted(() ->
                assertThat(link().settled).singleElement().asString().startsWith("redeliver"));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void a_dead_letter_that_comes_back_and_fails_again_is_not_one_again() {
        // Given
        open("dead");
        receive("not json");
        await().until(() -> link().settled.size() == 1);
        Headers headers = deadLetters().getFirst().headers();

        // When
        link().receive("in/again", "not json", headers);

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(2));
        assertThat(link().settled.getLast()).isEqualTo("accept not json");
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void a_dead_letter_of_another_connection_becomes_one_of_this_one_too() {
        // Given
        open("dead");

        // When
        link().receive("in/a", "not json", Headers.of(Map.of("dead-letter-via", "a, b")));

        // Then
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
        assertThat(deadLetters().getFirst().headers().get("dead-letter-via")).isEqualTo("a,b,c");
    }

    @Test
    void over_mqtt_3_a_dead_letter_that_would_come_back_unmarked_is_not_published() {
        // Given
        open("in/{{ header:to | fn:default(\\'dead\\') }}", false);

        // When
        receive("not json");

        // Then
        await().untilAsserted(() -> assertThat(link().settled).containsExactly("accept not json"));
        assertThat(link().published).isEmpty();
        assertThat(logged()).contains("it would come back");
    }

    @Test
    void an_event_that_can_not_be_mapped_is_kept_in_ditto_protocol() {
        // Given
        open("dead/{{ target:address | fn:default(\\'nowhere\\') }}");

        // When
        publish(event("one", 1, "poison"), null);

        // Then
        await().until(() -> !deadLetters().isEmpty());
        Outbound letter = deadLetters().getFirst();
        assertThat(letter.address()).isEqualTo("dead/nowhere");
        assertThat(Json.parse(text(letter)).at("/topic").asText())
                .isEqualTo("org.x/one/things/twin/events/modified");
        assertThat(letter.headers().asMap())
                .containsEntry("dead-letter-target", "out/{{ thing:name }}")
                .containsEntry("dead-letter-reason", "mapping-failed")
                .containsEntry("content-type", "application/vnd.eclipse.ditto+json")
                .doesNotContainKey("dead-letter-source");
        await().untilAsserted(() -> assertThat(targets(Reason.MAPPING_FAILED)).isEqualTo(1));
    }

    @Test
    void what_the_broker_refuses_of_a_target_is_kept_as_it_was_to_be_published() {
        // Given
        open("dead/{{ target:address }}");
        link().answers =
                message -> Optional.of(status(message.address().startsWith("out") ? 403 : 200));

        // When
        publish(event("one", 1, "1"), null);

        // Then
        await().until(() -> !deadLetters().isEmpty());
        Outbound letter = deadLetters().getFirst();
        assertThat(letter.address()).isEqualTo("dead/out/one");
        assertThat(letter.payload()).isEqualTo(link().published.getFirst().payload());
        assertThat(letter.headers().asMap())
                .containsEntry("dead-letter-reason", "publishing-failed")
                .containsEntry("dead-letter-target", "out/one");
        await().untilAsserted(() -> assertThat(targets(Reason.PUBLISHING_FAILED)).isEqualTo(1));
    }

    @Test
    void what_finds_a_target_full_is_kept_unless_its_sender_hears_of_it() {
        // Given
        open("dead");
        link().answers =
                message ->
                        message.address().startsWith("out")
                                ? Optional.empty()
                                : Optional.of(PublishResult.OK);
        TestProbe<Signal> requester = fixture.kit.createTestProbe(Signal.class);
        int beyondAllBounds = 40;
        for (int i = 0; i < beyondAllBounds; i++) {
            publish(event("t" + i, i, "1"), null);
        }
        await().until(() -> targets(Reason.TARGET_FULL) > 0);
        Headers asking =
                Headers.of(Map.of("requested-acks", "[\"c:out\"]", "correlation-id", "asked"));

        // When
        publish(event("asked", 99, "1").with(asking), requester.ref());

        // Then
        assertThat(requester.receiveMessage().status()).isEqualTo(503);
        assertThat(deadLetters())
                .hasSize((int) targets(Reason.TARGET_FULL) - 1)
                .noneMatch(one -> text(one).contains("org.x/asked"))
                .allMatch(one -> "target-full".equals(one.headers().get("dead-letter-reason")));
        await().until(() -> {
            link().answer();
            return fixture.monitors.getFirst().totals().targets().snapshot().inFlight() == 0;
        });
        assertThat(targets(Reason.DONE) + targets(Reason.TARGET_FULL))
                .isEqualTo(beyondAllBounds + 1);
    }

    @Test
    void without_an_address_there_are_no_dead_letters() {
        // Given
        open(
                """
                'sources': [{'addresses': ['in/#'], 'authorizationContext': ['nginx:ditto'], 'qos': 1}]
                """,
                "",
                true);

        // When
        receive("not json");

        // Then
        await().untilAsserted(() -> assertThat(link().settled).containsExactly("accept not json"));
        assertThat(link().published).isEmpty();
    }

    private void open(String address) {
        open(address, true);
    }

    private void open(String address, boolean redelivers) {
        open(ENDPOINTS, address, redelivers);
    }

    private void open(String fields, String address, boolean redelivers) {
        fixture.bus.known.complete(Done.getInstance());
        fixture.transport.redelivers = redelivers;
        String json = fields.formatted(address).replace("\\'", "\\u0027");
        client = fixture.start(ClientFixture.connection(json));
        await().until(() -> !fixture.transport.clients.isEmpty());
        link().up();
        fixture.awaitOpen(client).receiveMessage();
    }

    private FakeTransport.Client link() {
        return fixture.transport.clients.getFirst();
    }

    private void receive(String payload) {
        link().receive("in/a", payload, Headers.of(Map.of("device", "any")));
    }

    private void publish(Signal event, @Nullable ActorRef<Signal> requester) {
        fixture.bus.publish(new Publication(event, READERS, null, "elsewhere", requester));
    }

    private void fail(int status, String code) {
        fixture.twins.answer(request ->
                CompletableFuture.completedFuture(
                        request.signal()
                                .fail(
                                        Problem.of(status, code, "Not like this."),
                                        request.signal().headers())));
    }

    private void unavailable() {
        fixture.twins.answer(
                _ -> CompletableFuture.failedFuture(new TimeoutException("no answer")));
    }

    private List<Outbound> deadLetters() {
        return link().published.stream()
                .filter(message -> message.headers().has("dead-letter-reason"))
                .toList();
    }

    private long sources(Reason reason) {
        return fixture.monitors.getFirst().totals().sources().snapshot().count(reason);
    }

    private long targets(Reason reason) {
        return fixture.monitors.getFirst().totals().targets().snapshot().count(reason);
    }

    private String logged() {
        return fixture.report(client, ReportKind.LOGS).json().toString();
    }

    private static PublishResult status(int status) {
        return new PublishResult(status, Headers.EMPTY, null);
    }

    private static String text(Outbound message) {
        return StandardCharsets.UTF_8
                .decode(Objects.requireNonNull(message.payload()).duplicate())
                .toString();
    }

    private static String accepted(String thing) {
        return "accept " + command(thing);
    }

    private static String command(String thing) {
        String payload =
                "{'topic': 'org.x/%s/things/twin/commands/modify', 'path': '/attributes/x',"
                        + " 'headers': {'response-required': false}, 'value': 1}";
        return payload.formatted(thing).replace('\'', '"');
    }

    private static Signal event(String thing, int revision, String value) {
        return Signal.event(
                TopicPath.parse("org.x/" + thing + "/things/twin/events/modified"),
                JsonPointer.parse("/attributes/x"),
                Headers.of(Map.of("correlation-id", "e-" + revision)),
                value.equals("poison")
                        ? JsonNodeFactory.instance.textNode(value)
                        : IntNode.valueOf(revision),
                revision,
                Instant.EPOCH);
    }
}
