package org.patchbay.things.thing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.things.Twins.by;
import static org.patchbay.things.Twins.policy;
import static org.patchbay.things.Twins.thing;
import static org.patchbay.things.Twins.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.Twins;

class ThingPermissionTest {

    private static final String THING = "org.example:mg";
    private static final String POLICY = "org.example:pol";
    private static final String OWNED =
            """
            {'entries': {'DEFAULT': {'subjects': {'nginx:ditto': {'type': 'x'}}, 'resources': {
              'policy:/': {'grant': ['READ', 'WRITE'], 'revoke': []},
              'thing:/': {'grant': ['READ', 'WRITE'], 'revoke': []},
              'message:/': {'grant': ['READ', 'WRITE'], 'revoke': []}}}%s}}\
            """;

    private final Twins twins = new Twins();

    @AfterEach
    void close() {
        twins.close();
    }

    @Test
    void asks_for_its_policy_once_for_many_commands() {
        givenThing("{}");
        int before = twins.lookups();

        for (int i = 0; i < 50; i++) {
            twins.send(thing(THING, "modify", "/attributes/n", Integer.toString(i)));
        }

        assertThat(twins.lookups() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void a_change_of_the_policy_holds_for_the_next_command() {
        givenThing("{'attributes': {'x': 1}}");
        SignalRequest alices = by("nginx:alice", thing(THING, "retrieve", "/attributes/x", null));
        SignalRequest ours = thing(THING, "retrieve", "/attributes/x", null);
        for (int round = 0; round < 20; round++) {
            assertThat(twins.send(alices).status()).isEqualTo(404);
            assertThat(twins.send(ours).status()).isEqualTo(200);

            twins.send(
                    policy(
                            POLICY,
                            "modify",
                            "/entries/alice",
                            "{'subjects': {'nginx:alice': {'type': 'x'}}, 'resources': {"
                                    + "'thing:/attributes': {'grant': ['READ'], 'revoke': []}}}"));
            assertThat(twins.send(alices).status()).isEqualTo(200);

            twins.send(policy(POLICY, "delete", "/entries/alice", null));
        }
    }

    @Test
    void a_change_of_an_imported_policy_holds_for_the_next_command() {
        givenPolicy("org.example:template", "");
        givenPolicy(POLICY, "");
        twins.send(policy(POLICY, "modify", "/imports/org.example:template", "{}"));
        twins.send(thing(THING, "create", "/", "{'policyId': '" + POLICY + "'}"));
        SignalRequest bobs = by("nginx:bob", thing(THING, "retrieve", "/", null));
        assertThat(twins.send(bobs).status()).isEqualTo(404);

        twins.send(
                policy(
                        "org.example:template",
                        "modify",
                        "/entries/bob",
                        "{'subjects': {'nginx:bob': {'type': 'x'}}, 'resources': {"
                                + "'thing:/': {'grant': ['READ'], 'revoke': []}}}"));

        assertThat(twins.send(bobs).status()).isEqualTo(200);
    }

    @Test
    void readers_of_a_publication_are_those_of_the_policy() {
        givenPolicy(
                POLICY,
                ", 'part': {'subjects': {'nginx:part': {'type': 'x'}}, 'resources': {"
                        + "'thing:/attributes/pub': {'grant': ['READ'], 'revoke': []}}}");
        twins.send(
                thing(
                        THING,
                        "create",
                        "/",
                        "{'policyId': '" + POLICY + "', 'attributes': {'pub': 1, 'own': 2}}"));

        AuthorizationContext part = AuthorizationContext.of("nginx:part");
        assertThat(last().readers().readable(part, "thing", JsonPointer.ROOT, lastEvent().value()))
                .isEqualTo(json("{'attributes': {'pub': 1}}"));
    }

    @Test
    void a_live_message_is_published_and_answered_at_once() {
        givenThing("{}");
        SignalRequest request = live("messages", "hello", "/inbox/messages/hello", "'hi'");

        Signal answer = twins.send(with("content-type", "text/plain", request));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(lastEvent().topic()).isEqualTo(request.signal().topic());
        assertThat(lastEvent().headers().asMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "correlation-id", "c-1",
                                "ditto-originator", "nginx:ditto",
                                "response-required", "true",
                                "requested-acks", "[]",
                                "content-type", "text/plain",
                                "channel", "live",
                                "ditto-message-thing-id", THING,
                                "ditto-message-subject", "hello",
                                "ditto-message-direction", "TO"));
    }

    @Test
    void a_live_message_needs_permission_unless_it_claims() {
        givenThing("{}");

        Signal refused =
                twins.send(by("nginx:erin", live("messages", "hi", "/outbox/messages/hi", "1")));
        Signal claimed =
                twins.send(
                        by("nginx:erin", live("messages", "claim", "/inbox/messages/claim", "1")));

        assertThat(refused.value().path("error").asText()).isEqualTo("messages:send.notallowed");
        assertThat(claimed.status()).isEqualTo(202);
    }

    @Test
    void a_live_message_needs_permission_for_the_subject_that_its_receivers_see() {
        givenThing("{}");

        Signal forged =
                twins.send(by("nginx:erin", live("messages", "off", "/inbox/messages/claim", "1")));
        twins.send(live("messages", "a/b", "/features/f/outbox/messages/other", "1"));

        assertThat(forged.value().path("error").asText()).isEqualTo("messages:send.notallowed");
        assertThat(lastEvent().path()).hasToString("/features/f/outbox/messages/a/b");
    }

    @ParameterizedTest
    @CsvSource({"hi, /", "hi, /attributes/x", "hi, /features/f", "hi, /features/inbox/messages"})
    void a_live_message_stands_in_a_box(String subject, String path) {
        givenThing("{}");

        Signal refused = twins.send(live("messages", subject, path, "1"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.value().path("error").asText())
                .isEqualTo("protocoladapter:unknown.path");
    }

    @Test
    void an_answer_finds_who_waits_for_it_and_comes_from_a_reader_only() {
        givenThing("{}");
        TestProbe<Signal> requester = twins.kit().createTestProbe(Signal.class);
        SignalRequest question = live("messages", "ask", "/inbox/messages/ask", "'how?'");
        twins.send(new SignalRequest(question.signal(), question.by(), null, requester.getRef()));
        Signal response = question.signal().respond(200, question.signal().headers(), json("'so'"));

        Signal stranger =
                twins.send(
                        by("nginx:erin", new SignalRequest(response, question.by(), null, null)));
        Signal device = twins.send(new SignalRequest(response, question.by(), null, null));

        assertThat(stranger.isError()).isTrue();
        assertThat(device.status()).isEqualTo(202);
        assertThat(requester.receiveMessage().value()).isEqualTo(json("'so'"));
        requester.expectNoMessage();
        assertThat(twins.published()).hasSize(2);
    }

    @Test
    void an_answer_that_nobody_waits_for_is_refused() {
        givenThing("{}");
        SignalRequest question = live("messages", "ask", "/inbox/messages/ask", "'how?'");
        Signal response = question.signal().respond(200, question.signal().headers(), null);

        Signal answer = twins.send(new SignalRequest(response, question.by(), null, null));

        assertThat(answer.isError()).isTrue();
    }

    @Test
    void a_live_command_changes_nothing() {
        givenThing("{'attributes': {'x': 1}}");

        Signal answer = twins.send(live("commands", "modify", "/attributes/x", "2"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(lastEvent().topic().channel()).isEqualTo(TopicPath.Channel.LIVE);
        assertThat(retrieve("/attributes/x").value()).isEqualTo(Json.parse("1"));
    }

    @Test
    void a_thing_without_a_policy_gets_one_that_its_creator_owns() {
        Signal answer = twins.send(thing(THING, "create", "/", "{'attributes': {'x': 1}}"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.value().path("policyId").asText()).isEqualTo(THING);
        assertThat(twins.send(policy(THING, "retrieve", "/entries/DEFAULT/subjects", null)).value())
                .isEqualTo(json("{'nginx:ditto': {'type': 'generated'}}"));
    }

    private void givenThing(String json) {
        givenPolicy(POLICY, "");
        JsonNode thing = json(json);
        String separator = thing.isEmpty() ? "" : ", ";
        String whole = "{'policyId': '" + POLICY + "'" + separator + json.strip().substring(1);
        assertThat(twins.send(thing(THING, "create", "/", whole)).status()).isEqualTo(201);
    }

    private void givenPolicy(String id, String moreEntries) {
        assertThat(twins.send(policy(id, "create", "/", OWNED.formatted(moreEntries))).status())
                .isEqualTo(201);
    }

    private Signal retrieve(String path) {
        return twins.send(thing(THING, "retrieve", path, null));
    }

    private Publication last() {
        return twins.published().getLast();
    }

    private Signal lastEvent() {
        return last().signal();
    }

    private static SignalRequest live(String criterion, String action, String path, String json) {
        SignalRequest twin = thing(THING, action, path, json);
        TopicPath topic = TopicPath.parse("org.example/mg/things/live/" + criterion + "/" + action);
        Signal signal =
                Signal.command(
                        topic,
                        twin.signal().path(),
                        twin.signal().headers(),
                        twin.signal().value());
        return new SignalRequest(signal, twin.by(), null, null);
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
