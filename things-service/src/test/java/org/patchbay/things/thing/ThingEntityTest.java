package org.patchbay.things.thing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.things.Twins.by;
import static org.patchbay.things.Twins.fields;
import static org.patchbay.things.Twins.policy;
import static org.patchbay.things.Twins.thing;
import static org.patchbay.things.Twins.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;
import org.patchbay.things.Twins;

class ThingEntityTest {

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
    void answers_and_publishes_with_the_headers_of_the_protocol() {
        givenThing("{'attributes': {'x': 1}}");

        Signal answer = twins.send(thing(THING, "modify", "/attributes/x", "42"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.value()).isNull();
        assertThat(answer.headers().asMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "correlation-id", "c-1",
                                "ditto-originator", "nginx:ditto",
                                "response-required", "false",
                                "content-type", "application/json",
                                "entity-revision", "2",
                                "etag", "\"hash:2a\""));
        Signal event = lastEvent();
        assertThat(event.topic()).hasToString("org.example/mg/things/twin/events/modified");
        assertThat(event.path()).hasToString("/attributes/x");
        assertThat(event.value()).isEqualTo(Json.parse("42"));
        assertThat(event.revision()).isEqualTo(2);
        assertThat(event.headers().asMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "correlation-id", "c-1",
                                "ditto-originator", "nginx:ditto",
                                "response-required", "false",
                                "requested-acks", "[]",
                                "content-type", "application/json",
                                "entity-revision", "2"));
    }

    @Test
    void a_created_part_is_answered_with_its_value() {
        givenThing("{}");

        Signal answer = twins.send(thing(THING, "modify", "/attributes/newAttr", "'abc'"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.value()).isEqualTo(Json.parse("\"abc\""));
        assertThat(answer.headers().get("etag")).isEqualTo("\"hash:17862\"");
        assertThat(lastEvent().topic().action()).isEqualTo("created");
    }

    @Test
    void a_merge_keeps_its_patch_in_the_event() {
        givenThing("{'attributes': {'x': 1, 'old': 2}}");

        Signal answer =
                twins.send(thing(THING, "merge", "/", "{'attributes': {'x': 44, 'old': null}}"));

        assertThat(answer.headers().get("content-type")).isEqualTo("application/merge-patch+json");
        assertThat(answer.headers().get("etag")).isEqualTo("\"rev:2\"");
        assertThat(lastEvent().value()).isEqualTo(json("{'attributes': {'x': 44, 'old': null}}"));
        assertThat(lastEvent().headers().get("content-type"))
                .isEqualTo("application/merge-patch+json");
        assertThat(retrieve("/attributes").value()).isEqualTo(json("{'x': 44}"));
    }

    @Test
    void a_patch_may_delete_all_keys_that_match_and_its_event_spells_them_out() {
        givenThing("{'attributes': {'h1': 1, 'h2': 2, 'k': 3}}");

        twins.send(thing(THING, "merge", "/attributes", "{'{{ ~h.*~ }}': null, 'h9': 4}"));

        assertThat(retrieve("/attributes").value()).isEqualTo(json("{'k': 3, 'h9': 4}"));
        assertThat(lastEvent().value()).isEqualTo(json("{'h1': null, 'h2': null, 'h9': 4}"));
    }

    @Test
    void a_patch_adds_no_fields_that_a_thing_has_not() {
        givenThing("{}");

        twins.send(
                thing(
                        THING,
                        "merge",
                        "/",
                        "{'foo': 1, 'features': {'f': {'bar': 2, 'properties': {}}}}"));

        assertThat(retrieve("/").value().has("foo")).isFalse();
        assertThat(retrieve("/features/f").value()).isEqualTo(json("{'properties': {}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "modify | /attributes/x | | 400 json.invalid",
                "modify | /nonsense | 1 | 400 protocoladapter:unknown.path",
                "explode | / | 1 | 400 protocoladapter:unknown.topicpath",
                "create | /attributes/x | 1 | 400 protocoladapter:unknown.topicpath",
                "create | /nonsense | 1 | 400 protocoladapter:unknown.path",
                "merge | /attributes | {'{{ /a/ }}': null} | 400 json.key.invalid",
                "modify | /attributes/x | {'a/b': 1} | 400 json.invalid",
                "modify | /attributes/x | {'n': 12345678901234567890} | 400 json.invalid",
                "merge | / | {} | 400 things:merge.invalid",
                "merge | / | {'policyId': null} | 400 things:policyId.notdeletable",
                "modify | / | {'thingId': 'a:b'} | 400 things:id.notsettable",
                "modify | /features/f/definition | 'a:b:1' | 400 json.invalid",
                "modify | /features/none/properties/x | 1 | 404 things:feature.notfound",
                "delete | /policyId | | 400 things:policyId.notdeletable",
                "create | / | {} | 409 things:thing.conflict",
            })
    void refuses_what_makes_no_sense(String action, String path, String json, String expected) {
        givenThing("{'attributes': {'x': 1}}");

        Signal answer = twins.send(thing(THING, action, path, json));

        assertThat(answer.status() + " " + answer.value().path("error").asText())
                .isEqualTo(expected);
    }

    @Test
    void a_slash_at_the_end_of_a_path_means_nothing() {
        givenThing("{'attributes': {'x': 1}}");

        Signal answer = twins.send(thing(THING, "modify", "/attributes/x/", "2"));

        assertThat(answer.path()).hasToString("/attributes/x");
        assertThat(lastEvent().path()).hasToString("/attributes/x");
        assertThat(retrieve("/attributes").value()).isEqualTo(json("{'x': 2}"));
    }

    @Test
    void an_error_of_the_policy_of_a_new_thing_is_about_the_things_policy() {
        Signal answer =
                twins.send(thing(THING, "create", "/", "{'policyId': 'org.example:nopol'}"));

        assertThat(answer.topic()).hasToString("org.example/mg/policies/errors");
        assertThat(answer.value().path("error").asText()).isEqualTo("policies:policy.notfound");
    }

    @Test
    void unknown_headers_pass_through_and_those_of_requests_do_not() {
        givenThing("{}");
        SignalRequest request = thing(THING, "modify", "/attributes/x", "1");
        request = with("mqtt.topic", "mg/js", request);
        request = with("if-none-match", "\"rev:0\"", request);
        request = with("timeout", "5s", request);
        request = with("requested-acks", "[\"twin-persisted\",\"con:label\"]", request);

        Signal answer = twins.send(request);

        assertThat(answer.headers().get("mqtt.topic")).isEqualTo("mg/js");
        assertThat(answer.headers().has("if-none-match")).isFalse();
        assertThat(answer.headers().has("requested-acks")).isFalse();
        assertThat(lastEvent().headers().get("mqtt.topic")).isEqualTo("mg/js");
        assertThat(lastEvent().headers().get("timeout")).isEqualTo("5s");
        assertThat(lastEvent().headers().has("if-none-match")).isFalse();
        assertThat(lastEvent().headers().get("requested-acks")).isEqualTo("[\"con:label\"]");
    }

    @Test
    void the_event_of_a_deletion_shows_the_last_extra_fields_and_has_no_content_type() {
        givenThing("{'attributes': {'x': 9, 'y': 1}}");
        twins.want("attributes/x", "_revision");

        Signal answer = twins.send(thing(THING, "delete", "/", null));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers().has("etag")).isFalse();
        assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
        assertThat(lastEvent().headers().has("content-type")).isFalse();
        assertThat(last().extra()).hasToString("{\"attributes\":{\"x\":9},\"_revision\":2}");
    }

    @Test
    void an_error_names_its_sender_and_what_is_wrong() {
        Signal answer = twins.send(thing("org.example:nope", "retrieve", "/", null));

        assertThat(answer.topic()).hasToString("org.example/nope/things/twin/errors");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.value().path("error").asText()).isEqualTo("things:thing.notfound");
        assertThat(answer.headers().asMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "correlation-id", "c-1",
                                "ditto-originator", "nginx:ditto",
                                "response-required", "false",
                                "content-type", "application/json"));
    }

    @Test
    void survives_a_crash_with_its_snapshots_and_events() {
        givenThing("{'attributes': {'n': 0}}");
        for (int i = 1; i <= 25; i++) {
            twins.send(thing(THING, "modify", "/attributes/n", Integer.toString(i)));
        }
        twins.crash(EntityKind.THING, THING);
        twins.crash(EntityKind.POLICY, POLICY);

        Signal answer =
                twins.send(fields("attributes,_revision", thing(THING, "retrieve", "/", null)));

        assertThat(answer.value()).hasToString("{\"attributes\":{\"n\":25},\"_revision\":26}");
        assertThat(twins.send(thing(THING, "modify", "/attributes/n", "26")).status())
                .isEqualTo(204);
        assertThat(lastEvent().revision()).isEqualTo(27);
    }

    @Test
    void counts_revisions_on_when_a_deleted_thing_comes_back_after_a_crash() {
        givenThing("{}");
        twins.send(thing(THING, "delete", "/", null));
        twins.crash(EntityKind.THING, THING);

        Signal answer = twins.send(thing(THING, "modify", "/", "{'policyId': '" + POLICY + "'}"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().get("entity-revision")).isEqualTo("3");
    }

    @Test
    void stores_only_what_changed() {
        givenThing("{'attributes': {'x': 1, 'large': '" + "x".repeat(1000) + "'}}");

        twins.send(thing(THING, "modify", "/attributes/x", "2"));

        List<Object> stored =
                twins.journal().persistedInStorage(EntityKind.THING.persistenceId(THING));
        assertThat(stored.getLast().toString()).contains("value=2").doesNotContain("xxx");
    }

    @Test
    void publishes_in_the_order_of_the_changes() {
        givenThing("{}");
        twins.crash(EntityKind.THING, THING);
        twins.crash(EntityKind.POLICY, POLICY);
        List<CompletionStage<Signal>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(twins.start(thing(THING, "modify", "/attributes/n", Integer.toString(i))));
        }

        answers.forEach(answer -> answer.toCompletableFuture().join());

        assertThat(twins.published().stream().skip(1).map(p -> p.signal().value().asInt()))
                .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void nothing_is_published_for_what_is_refused_or_read() {
        givenThing("{}");
        int before = twins.published().size();

        twins.send(by("nginx:nobody", thing(THING, "modify", "/attributes/x", "1")));
        twins.send(thing(THING, "modify", "/definition", "'nope'"));
        twins.send(thing(THING, "retrieve", "/", null));

        assertThat(twins.published()).hasSize(before);
    }

    @Test
    void two_creations_at_once_make_one_thing() {
        givenPolicy(POLICY, "");
        SignalRequest create = thing(THING, "create", "/", "{'policyId': '" + POLICY + "'}");

        CompletableFuture<Signal> first = twins.start(create).toCompletableFuture();
        CompletableFuture<Signal> second = twins.start(create).toCompletableFuture();

        assertThat(List.of(first.join().status(), second.join().status()))
                .containsExactlyInAnyOrder(201, 409);
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

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
