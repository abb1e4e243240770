package org.patchbay.things.thing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.things.Twins.by;
import static org.patchbay.things.Twins.policy;
import static org.patchbay.things.Twins.thing;
import static org.patchbay.things.Twins.with;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.json.Json;
import org.patchbay.things.Twins;

/** Signals of one thing that come together. */
class ThingWindowTest {

    private static final String THING = "org.example:mg";
    private static final String POLICY = "org.example:pol";

    private final Twins twins = new Twins();

    @BeforeEach
    void givenThing() {
        String json =
                """
                {'entries': {'E': {'subjects': {'nginx:ditto': {'type': 'x'}}, 'resources': {
                  'policy:/': {'grant': ['READ', 'WRITE'], 'revoke': []},
                  'thing:/': {'grant': ['READ', 'WRITE'], 'revoke': []},
                  'message:/': {'grant': ['READ', 'WRITE'], 'revoke': []}}}}}
                """;
        twins.send(policy(POLICY, "create", "/", json));
        twins.send(thing(THING, "create", "/", "{'policyId': '" + POLICY + "'}"));
    }

    @AfterEach
    void close() {
        twins.close();
    }

    @Test
    void each_signal_sees_what_those_before_it_changed() {
        // When
        List<Signal> answers =
                twins.send(
                        modify("/attributes/n", "1"),
                        with("condition", "eq(attributes/n,1)", modify("/attributes/n", "2")),
                        with("condition", "eq(attributes/n,1)", modify("/attributes/n", "3")),
                        thing(THING, "delete", "/attributes/n", null));

        // Then
        assertThat(answers).extracting(Signal::status).containsExactly(201, 204, 412, 204);
        assertThat(answers)
                .extracting(answer -> answer.headers().get("entity-revision"))
                .containsExactly("2", "3", null, "4");
        assertThat(events()).containsExactly("created 1", "created 2", "modified 3", "deleted 4");
    }

    @Test
    void what_they_change_is_there_after_a_crash() {
        // Given
        twins.send(
                IntStream.rangeClosed(1, 30)
                        .mapToObj(i -> modify("/attributes/n", "" + i))
                        .toArray(SignalRequest[]::new));

        // When
        twins.crash(EntityKind.THING, THING);

        // Then
        Signal thing = twins.send(thing(THING, "retrieve", "/attributes", null));
        assertThat(thing.value()).isEqualTo(Json.parse("{\"n\":30}"));
        assertThat(thing.headers().get("entity-revision")).isEqualTo("31");
    }

    @Test
    void one_that_is_refused_does_not_keep_the_next_from_its_turn() {
        // When
        List<Signal> answers =
                twins.send(
                        modify("/attributes/n", "1"),
                        by("nginx:nobody", modify("/attributes/n", "2")),
                        thing(THING, "explode", "/", "1"),
                        modify("/attributes/n", "4"));

        // Then
        assertThat(answers).extracting(Signal::status).containsExactly(201, 403, 400, 204);
        assertThat(events()).containsExactly("created 1", "created 2", "modified 3");
    }

    @Test
    void the_first_may_wait_for_its_policy_and_the_others_follow() {
        // Given
        twins.crash(EntityKind.THING, THING);
        twins.crash(EntityKind.POLICY, POLICY);

        // When
        List<Signal> answers =
                twins.send(modify("/attributes/a", "1"), modify("/attributes/b", "2"));

        // Then
        assertThat(answers).extracting(Signal::status).containsExactly(201, 201);
    }

    @Test
    void one_that_has_to_wait_ends_the_answers_and_is_not_touched() {
        // Given
        SignalRequest create = thing(THING, "create", "/", "{'policyId': '" + POLICY + "'}");

        // When
        List<Signal> first =
                twins.send(thing(THING, "delete", "/", null), create, modify("/attributes/n", "1"));
        List<Signal> second = twins.send(create, modify("/attributes/n", "1"));

        // Then
        assertThat(first).extracting(Signal::status).containsExactly(204);
        assertThat(second).extracting(Signal::status).containsExactly(201, 201);
        assertThat(events()).containsExactly("created 1", "deleted 2", "created 3", "created 4");
    }

    @Test
    void live_signals_are_published_in_their_place_and_their_requesters_remembered() {
        // Given
        TestProbe<Signal> requester = twins.kit().createTestProbe(Signal.class);
        SignalRequest message = live("m-1");

        // When
        List<Signal> answers =
                twins.send(
                        modify("/attributes/n", "1"),
                        new SignalRequest(
                                message.signal(), message.by(), null, requester.ref().narrow()),
                        modify("/attributes/n", "2"));

        // Then
        assertThat(answers).extracting(Signal::status).containsExactly(201, 202, 204);
        assertThat(twins.published().stream().skip(1).map(p -> p.signal().topic().criterion()))
                .containsExactly(
                        TopicPath.Criterion.EVENTS,
                        TopicPath.Criterion.MESSAGES,
                        TopicPath.Criterion.EVENTS);
        Signal response = message.signal().respond(200, message.signal().headers(), null);
        twins.send(new SignalRequest(response, message.by(), null, null));
        assertThat(requester.receiveMessage().status()).isEqualTo(200);
    }

    private static SignalRequest live(String correlationId) {
        SignalRequest command = thing(THING, "ask", "/inbox/messages/ask", "'?'");
        TopicPath topic = TopicPath.parse("org.example/mg/things/live/messages/ask");
        Signal signal =
                Signal.command(
                        topic,
                        command.signal().path(),
                        command.signal().headers().withCorrelationId(correlationId),
                        command.signal().value());
        return new SignalRequest(signal, command.by(), null, null);
    }

    private static SignalRequest modify(String path, String json) {
        return thing(THING, "modify", path, json);
    }

    private List<String> events() {
        return twins.published().stream()
                .map(publication -> publication.signal())
                .map(event -> event.topic().action() + " " + Objects.toString(event.revision()))
                .toList();
    }
}
