package org.patchbay.things.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.things.Twins.by;
import static org.patchbay.things.Twins.policy;
import static org.patchbay.things.Twins.with;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;
import org.patchbay.things.Twins;

class PolicyEntityTest {

    private static final String ID = "org.example:pol";
    private static final String OWNER =
            "'owner': {'subjects': {'nginx:ditto': {'type': 'x'}}, 'resources': {"
                    + "'policy:/': {'grant': ['READ', 'WRITE'], 'revoke': []}}}";

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-08-01T10:10:00Z"));
    private final InstantSource clock = now::get;
    private final Twins twins = new Twins(clock);

    @BeforeEach
    void createPolicy() {
        Signal created =
                twins.send(
                        policy(
                                ID,
                                "create",
                                "/",
                                "{'entries': {"
                                        + OWNER
                                        + ", 'reader': {'subjects': {'nginx:bob': {'type': 'x'}}, 'resources': {"
                                        + "'thing:/': {'grant': ['READ'], 'revoke': []},"
                                        + "'policy:/entries/reader': {'grant': ['READ'], 'revoke': []}}}}}"));
        assertThat(created.status()).isEqualTo(201);
    }

    @AfterEach
    void close() {
        twins.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "modify | /entries/new | {} | 201",
                "modify | /entries/reader | {} | 204",
                "modify | /entries/reader/subjects/nginx:a~1b | {'type': 'y'} | 201",
                "modify | /entries/reader/subjects/nginx:bob | {'type': 'y'} | 204",
                "modify | /entries/reader/subjects/bob | {'type': 'y'} | 400 policies:subjectid.invalid",
                "modify | /entries/nope/subjects | {} | 404 policies:entry.notfound",
                "modify | /entries/reader/resources/thing:/a/b | {'grant': []} | 201",
                "modify | /entries/reader/resources/thing:/ | {'grant': []} | 204",
                "modify | /entries/reader/resources/thing:/ | {'grant': 'READ'} | 400 json.invalid",
                "modify | /entries/reader/importable | 'never' | 204",
                "modify | /entries/reader/importable | 'maybe' | 400 policies:entry.invalid",
                "modify | /entries/imported-x | {} | 400 policies:label.invalid",
                "modify | /entries/owner | {} | 403 policies:entry.modificationinvalid",
                "delete | /entries/owner/subjects/nginx:ditto | | 403 policies:entry.modificationinvalid",
                "delete | /entries/reader | | 204",
                "delete | /entries/nope | | 404 policies:entry.notfound",
                "modify | /imports/org.example:pol | {} | 400 policies:import.invalid",
                "modify | /imports/org.example:nope | {} | 404 policies:policy.notfound",
                "create | / | {'entries': {}} | 409 policies:policy.conflict",
                "retrieve | /entries/reader/subjects/nginx:x | | 404 policies:subject.notfound",
                "retrieve | /entries/nope/subjects | | 404 policies:entry.notfound",
                "retrieve | /nowhere | | 400 protocoladapter:unknown.path",
                "explode | / | | 400 protocoladapter:unknown.topicpath",
            })
    void answers_its_owner(String action, String path, String json, String expected) {
        Signal answer = twins.send(policy(ID, action, path, json));

        assertThat(textOf(answer)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retrieve | / | | 200",
                "retrieve | /entries/reader | | 200",
                "retrieve | /entries/owner | | 404 policies:entry.notfound",
                "modify | /entries/reader | {} | 403 policies:entry.notmodifiable",
                "delete | / | | 403 policies:policy.notmodifiable",
            })
    void answers_one_who_may_read_a_part(String action, String path, String json, String expected) {
        Signal answer = twins.send(by("nginx:bob", policy(ID, action, path, json)));

        assertThat(textOf(answer)).isEqualTo(expected);
    }

    @Test
    void shows_a_part_to_one_who_may_read_a_part() {
        Signal answer = twins.send(by("nginx:bob", policy(ID, "retrieve", "/", null)));

        assertThat(answer.value().path("policyId").asText()).isEqualTo(ID);
        assertThat(answer.value().path("entries").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("reader");
    }

    @Test
    void keeps_subjects_and_resources_with_slashes_through_a_crash() {
        twins.send(policy(ID, "modify", "/entries/reader/subjects/nginx:a~1b", "{'type': 'y'}"));
        twins.send(
                policy(
                        ID,
                        "modify",
                        "/entries/reader/resources/thing:/a/b",
                        "{'grant': ['READ']}"));
        twins.crash(EntityKind.POLICY, ID);

        Signal answer = twins.send(policy(ID, "retrieve", "/entries/reader", null));

        assertThat(answer.value().path("subjects").has("nginx:a/b")).isTrue();
        assertThat(answer.value().path("resources").path("thing:/a/b"))
                .isEqualTo(Json.parse("{\"grant\": [\"READ\"], \"revoke\": []}"));
        assertThat(answer.headers().get("entity-revision")).isEqualTo("3");
    }

    @Test
    void rounds_an_expiry_up_and_refuses_one_in_the_past() {
        Signal future =
                twins.send(
                        policy(
                                ID,
                                "modify",
                                "/entries/reader/subjects/nginx:guest",
                                "{'type': 'y', 'expiry': '2026-08-01T10:59:00+00:00'}"));
        Signal past =
                twins.send(
                        policy(
                                ID,
                                "modify",
                                "/entries/reader/subjects/nginx:late",
                                "{'type': 'y', 'expiry': '2026-08-01T09:00:00Z'}"));

        assertThat(future.value().path("expiry").asText()).isEqualTo("2026-08-01T11:00:00Z");
        assertThat(textOf(past)).isEqualTo("400 policies:subjectexpiry.invalid");
    }

    @Test
    void deletes_a_subject_whose_time_has_come_even_after_a_crash() {
        twins.send(
                policy(
                        ID,
                        "modify",
                        "/entries/reader/subjects/nginx:guest",
                        "{'type': 'y', 'expiry': '2026-08-01T10:59:00Z'}"));
        twins.crash(EntityKind.POLICY, ID);
        now.set(Instant.parse("2026-08-01T11:00:01Z"));

        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(
                                        textOf(
                                                twins.send(
                                                        policy(
                                                                ID,
                                                                "retrieve",
                                                                "/entries/reader/subjects/nginx:guest",
                                                                null))))
                                .isEqualTo("404 policies:subject.notfound"));
    }

    @Test
    void a_subject_that_expires_does_not_keep_a_policy_open() {
        Signal answer =
                twins.send(
                        policy(
                                ID,
                                "modify",
                                "/entries/owner/subjects",
                                "{'nginx:guest': {'type': 'y', 'expiry': '2026-08-01T10:59:00Z'}}"));

        assertThat(textOf(answer)).isEqualTo("403 policies:entry.modificationinvalid");
    }

    @Test
    void a_stale_tag_is_refused_with_the_present_one() {
        Signal answer = twins.send(with("if-match", "\"rev:7\"", policy(ID, "delete", "/", null)));

        assertThat(textOf(answer)).isEqualTo("412 policies:precondition.failed");
        assertThat(answer.headers().get("etag")).isEqualTo("\"rev:1\"");
    }

    private static String textOf(Signal answer) {
        return answer.isError()
                ? answer.status() + " " + answer.value().path("error").asText()
                : String.valueOf(answer.status());
    }
}
