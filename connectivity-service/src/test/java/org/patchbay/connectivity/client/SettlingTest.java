package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;

/**
 * What a broker is told of messages that failed for good, by what it can be told: one that knows
 * dead letters of its own has them rejected.
 */
class SettlingTest {

    private static final String COMMAND =
            """
            {"topic": "org.x/one/things/twin/commands/modify", "path": "/attributes/x", "value": 1,
             "headers": {"correlation-id": "c-1"}}
            """;

    private static final String SOURCE =
            """
            'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
              'enforcement': {'input': '{{ header:device }}', 'filters': ['{{ entity:id }}', 'any']},
              'acknowledgementRequests': {'includes': ['c:done', 'search-persisted']}}]
            """;

    private static final Map<String, String> ANY = Map.of("device", "any");

    private final ClientFixture fixture = new ClientFixture();
    private Connection connection = ClientFixture.connection(SOURCE);
    private ActorRef<ClientCommand> client;

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void what_can_not_be_read_is_rejected() {
        open(true);

        link().receive("in", "not json", Headers.of(ANY));

        settled("reject not json");
        await().untilAsserted(() -> {
            JsonNode acknowledged = metrics().at("/addressMetrics/in/acknowledged");
            assertThat(acknowledged.at("/failure/PT1M").asInt()).isEqualTo(1);
            assertThat(acknowledged.at("/success/PT1M").asInt()).isZero();
        });
    }

    @Test
    void what_speaks_for_another_entity_is_rejected() {
        open(true);

        link().receive("in", COMMAND, Headers.of(Map.of("device", "org.x:other")));

        settled("reject " + COMMAND);
    }

    @ParameterizedTest
    @CsvSource({
        "400, reject",
        "403, reject",
        "404, reject",
        // Its sender has asked for just that.
        "412, accept"
    })
    void what_a_twin_refuses_is_rejected(int status, String verdict) {
        open(true);
        fixture.twins.answer(request -> {
            Problem problem = Problem.of(status, "things:some.error", "Not like this.");
            return CompletableFuture.completedFuture(
                    request.signal().fail(problem, request.signal().headers()));
        });

        link().receive("in", COMMAND, Headers.of(ANY));

        settled(verdict + " " + COMMAND);
    }

    @ParameterizedTest
    @CsvSource({"200, accept", "400, reject", "409, reject"})
    void what_a_subscriber_refuses_is_rejected(int status, String verdict) {
        open(true);
        acknowledge(status);

        link().receive("in", COMMAND, Headers.of(ANY));

        settled(verdict + " " + COMMAND);
    }

    @Test
    void a_broker_that_knows_no_rejection_has_it_acknowledged() {
        open(false);
        acknowledge(400);

        link().receive("in", COMMAND, Headers.of(ANY));

        settled("accept " + COMMAND);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_a_dead_letter_of_ours_is_none_of_the_brokers(boolean rejects) {
        connection =
                ClientFixture.connection(
                        SOURCE.strip() + ", 'specificConfig': {'dead-letter-address': 'dead'}");
        open(rejects);
        acknowledge(409);

        link().receive("in", COMMAND, Headers.of(ANY));

        settled("accept " + COMMAND);
        Headers letter = link().published.getFirst().headers();
        assertThat(letter.get("dead-letter-reason")).isEqualTo("not-acknowledged");
        assertThat(letter.get("dead-letter-description")).contains("'c:done' with 409");
    }

    @Test
    void what_may_pass_goes_back_and_is_not_rejected() {
        open(true);
        fixture.twins.answer(
                _ -> CompletableFuture.failedFuture(new TimeoutException("no answer")));

        link().receive("in", COMMAND, Headers.of(ANY));

        settled("redeliver " + COMMAND);
    }

    private void open(boolean rejects) {
        fixture.bus.known.complete(Done.getInstance());
        fixture.transport.rejects = rejects;
        fixture.retryBudget = java.time.Duration.ofMillis(100);
        client = fixture.start(connection);
        await().until(() -> !fixture.transport.clients.isEmpty());
        link().up();
        fixture.awaitOpen(client).receiveMessage();
    }

    private FakeTransport.Client link() {
        return fixture.transport.clients.getFirst();
    }

    private void settled(String verdict) {
        await().untilAsserted(() -> assertThat(link().settled).containsExactly(verdict));
    }

    private void acknowledge(int status) {
        fixture.twins.answer(request -> {
            tell(request, "c:done", status);
            tell(request, "search-persisted", 400);
            return CompletableFuture.completedFuture(FakeTwins.agree(request));
        });
    }

    private static void tell(SignalRequest request, String label, int status) {
        Signal ack = Acknowledgement.of(request.signal(), label, status, Headers.EMPTY, null);
        Objects.requireNonNull(request.acknowledgements()).tell(ack);
    }

    private JsonNode metrics() {
        return Reports.merge(
                        ReportKind.METRICS,
                        connection,
                        List.of(fixture.report(client, ReportKind.METRICS)))
                .get("sourceMetrics");
    }
}
