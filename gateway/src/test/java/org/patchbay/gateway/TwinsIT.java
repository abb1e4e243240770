package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.GatewayFixture.Answer;

/** What requests become on their way to things and policies, and what becomes of the answers. */
class TwinsIT {

    private static final String THING = "/api/2/things/org.acme:t";
    private static final String POLICY = "/api/2/policies/org.acme:p";

    private static GatewayFixture gateway;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        gateway = GatewayFixture.start(data);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/2/things/org.acme:t,                             things/twin, /",
        "/api/2/things/org.acme:t/,                            things/twin, /",
        "/api/2/things/org.acme:t/policyId,                    things/twin, /policyId",
        "/api/2/things/org.acme:t/definition,                  things/twin, /definition",
        "/api/2/things/org.acme:t/attributes,                  things/twin, /attributes",
        "/api/2/things/org.acme:t/attributes/,                 things/twin, /attributes",
        "/api/2/things/org.acme:t/attributes/a/b%20c,          things/twin, /attributes/a/b c",
        "/api/2/things/org.acme:t/attributes/a~1b,             things/twin, /attributes/a~1b",
        "/api/2/things/org.acme:t/features,                    things/twin, /features",
        "/api/2/things/org.acme:t/features/f,                  things/twin, /features/f",
        "/api/2/things/org.acme:t/features/f/definition,       things/twin, /features/f/definition",
        "/api/2/things/org.acme:t/features/f/properties/a,     things/twin, /features/f/properties/a",
        "/api/2/things/org.acme:t/features/f/desiredProperties, things/twin, /features/f/desiredProperties",
        "/api/2/policies/org.acme:t,                           policies,    /",
        "/api/2/policies/org.acme:t/entries/a%20b,             policies,    /entries/a b",
        "/api/2/policies/org.acme:t/entries/e/subjects/nginx:x, policies,   /entries/e/subjects/nginx:x",
        "/api/2/policies/org.acme:t/entries/e/resources/thing:/, policies,  /entries/e/resources/thing:~1",
        "/api/2/policies/org.acme:t/entries/e/resources/thing:/a/b, policies, /entries/e/resources/thing:~1a~1b",
        "/api/2/policies/org.acme:t/imports/org.acme:q,        policies,    /imports/org.acme:q"
    })
    void a_get_is_a_retrieval_at_its_place(String path, String group, String pointer)
            throws Exception {
        JsonNode told = gateway.ditto("GET", path, "").has(200).json();

        assertThat(told.get("topic").textValue())
                .isEqualTo("org.acme/t/" + group + "/commands/retrieve");
        assertThat(told.get("path").textValue()).isEqualTo(pointer);
        assertThat(told.get("by").textValue()).isEqualTo("nginx:ditto");
    }

    @Test
    void a_selector_and_headers_go_with_it() throws Exception {
        JsonNode told =
                gateway.ditto(
                                "GET",
                                THING
                                        + "?fields=thingId,attributes(a)&condition=eq(attributes/a,1)",
                                "",
                                "x-custom",
                                "1",
                                "correlation-id",
                                "c-1",
                                "if-none-match",
                                "\"rev:1\"")
                        .has(200)
                        .json();

        assertThat(told.get("fields").textValue()).isEqualTo("thingId,attributes(a)");
        JsonNode headers = told.get("headers");
        assertThat(headers.get("condition").textValue()).isEqualTo("eq(attributes/a,1)");
        assertThat(headers.get("x-custom").textValue()).isEqualTo("1");
        assertThat(headers.get("correlation-id").textValue()).isEqualTo("c-1");
        assertThat(headers.get("if-none-match").textValue()).isEqualTo("\"rev:1\"");
        assertThat(headers.get("response-required").booleanValue()).isTrue();
        assertThat(headers.has("authorization")).isFalse();
        assertThat(headers.has("host")).isFalse();
    }

    @Test
    void the_answer_carries_tag_revision_and_correlation_id() throws Exception {
        Answer answer =
                gateway.ditto("PUT", THING + "/attributes/a", "1", "correlation-id", "c-2")
                        .has(204);

        assertThat(answer.header("etag")).isEqualTo("\"hash:1\"");
        assertThat(answer.header("entity-revision")).isEqualTo("7");
        assertThat(answer.header("correlation-id")).isEqualTo("c-2");
    }

    @Test
    void what_was_created_is_shown_with_its_location() throws Exception {
        Answer answer = gateway.ditto("PUT", THING + "/attributes/a%20new", "{\"x\":1}").has(201);

        assertThat(answer.header("location")).endsWith(THING + "/attributes/a%20new");
        JsonNode told = answer.json();
        assertThat(told.get("topic").textValue()).endsWith("/commands/modify");
        assertThat(told.get("value")).hasToString("{\"x\":1}");
    }

    @Test
    void a_post_makes_up_an_id() throws Exception {
        Answer thing = gateway.ditto("POST", "/api/2/things?namespace=org.acme.sub", "{}").has(201);
        Answer policy = gateway.ditto("POST", "/api/2/policies", "{}").has(201);

        assertThat(thing.json().get("topic").textValue())
                .matches("org.acme.sub/[0-9a-f-]{36}/things/twin/commands/create");
        assertThat(thing.header("location")).matches(".*/api/2/things/org.acme.sub:[0-9a-f-]{36}");
        assertThat(policy.json().get("topic").textValue())
                .matches("org.eclipse.ditto/[0-9a-f-]{36}/policies/commands/create");
    }

    @Test
    void a_patch_is_a_merge() throws Exception {
        Answer answer =
                gateway.ditto(
                        "PATCH",
                        THING + "/attributes/new",
                        "null",
                        "content-type",
                        "application/merge-patch+json");

        JsonNode told = answer.has(201).json();
        assertThat(told.get("topic").textValue()).endsWith("/commands/merge");
        assertThat(told.get("value").isNull()).isTrue();
    }

    @Test
    void several_things_are_retrieved_in_the_order_of_their_ids() throws Exception {
        JsonNode json =
                gateway.ditto("GET", "/api/2/things?ids=a:2,a:missing,a:1", "").has(200).json();

        assertThat(json)
                .map(told -> told.get("topic").textValue())
                .containsExactly(
                        "a/2/things/twin/commands/retrieve", "a/1/things/twin/commands/retrieve");
    }

    @ParameterizedTest
    @CsvSource({
        "?response-required=false, 202",
        "?timeout=0,               202",
        "?timeout=30s,             204",
        "?requested-acks=twin-persisted, 204",
        "?requested-acks=,         204",
        "?requested-acks=there-ack, 204",
        "'?requested-acks=there-ack,twin-persisted', 200",
        "'?requested-acks=gone-ack&timeout=200ms', 408",
        "'?requested-acks=live-response&timeout=30s', 204",
        "'?requested-acks=twin-persisted&response-required=false', 202",
        "'?requested-acks=there-ack&response-required=false', 202",
        "'?requested-acks=gone-ack&response-required=false&timeout=200ms', 408"
    })
    void a_modification_is_answered_when_what_was_requested_has_come(String query, int status)
            throws Exception {
        gateway.ditto("PUT", THING + "/attributes/a" + query, "1").has(status);
    }

    @Test
    void one_acknowledgement_that_does_not_come_fails_the_others() {
        String acks = "?requested-acks=gone-ack,there-ack&timeout=200ms";

        // Again where the twin itself takes longer than that.
        await().untilAsserted(
                        () -> gateway.ditto("PUT", THING + "/attributes/a" + acks, "1").has(424));
    }

    @Test
    void several_acknowledgements_are_answered_together() {
        String acks = "?requested-acks=twin-persisted,gone-ack&timeout=200ms";

        // Again where the twin itself takes longer than that.
        await().untilAsserted(() -> {
            JsonNode json =
                    gateway.ditto("PUT", THING + "/attributes/a" + acks, "1").has(424).json();

            assertThat(json.at("/twin-persisted/status").intValue()).isEqualTo(204);
            assertThat(json.at("/twin-persisted/headers/etag").textValue()).isEqualTo("\"hash:1\"");
            assertThat(json.at("/gone-ack/status").intValue()).isEqualTo(408);
            assertThat(json.at("/gone-ack/payload/error").textValue())
                    .isEqualTo("acknowledgement:request.timeout");
        });
    }

    @Test
    void a_thing_that_is_not_there_is_said_so_whatever_was_requested() throws Exception {
        String path = "/api/2/things/org.acme:missing/attributes/a";

        gateway.ditto("PUT", path, "1").hasError(404, "things:thing.notfound");
        gateway.ditto("PUT", path + "?requested-acks=twin-persisted,gone-ack", "1")
                .hasError(404, "things:thing.notfound");
    }

    @Test
    void a_twin_that_says_nothing_is_not_waited_for_forever() throws Exception {
        gateway.ditto("GET", "/api/2/things/org.acme:silent?timeout=200ms", "")
                .hasError(408, "command.timeout");
    }

    @Test
    void a_message_is_answered_by_whoever_answers_it() throws Exception {
        Answer answer =
                gateway.ditto(
                                "POST",
                                THING + "/inbox/messages/ask",
                                "how are you?",
                                "content-type",
                                "text/plain")
                        .has(299);

        assertThat(answer.http().body()).isEqualTo("how are you?");
        assertThat(answer.header("content-type")).startsWith("text/plain");
        assertThat(answer.header("answered-by")).isEqualTo("a device");
    }

    @ParameterizedTest
    @CsvSource({
        "/inbox/messages/hi?timeout=0,                  202",
        "/outbox/messages/hi?timeout=0,                 202",
        "/features/f/inbox/messages/a/b?timeout=0,      202",
        "/features/f/outbox/messages/hi?timeout=0,      202",
        "/inbox/claim?timeout=0,                        202",
        "/inbox/messages/hi?response-required=false,    202",
        "/inbox/messages/hi?timeout=200ms,              408",
        "/attributes/a?channel=live&timeout=200ms,      405"
    })
    void a_message_that_nobody_answers(String path, int status) throws Exception {
        gateway.ditto("POST", THING + path, "{}").has(status);
    }

    @Test
    void a_live_command_waits_for_the_device() throws Exception {
        gateway.ditto("PUT", THING + "/attributes/a?channel=live&timeout=200ms", "1")
                .hasError(408, "command.timeout");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET   | /api/2/things/noname                   | ''   | ''               | 400 | things:id.invalid",
                "GET   | /api/2/things                          | ''   | ''               | 400 | things:id.invalid",
                "GET   | /api/2/things?ids=nope                 | ''   | ''               | 400 | things:id.invalid",
                "GET   | /api/2/policies/noname                 | ''   | ''               | 400 | policies:id.invalid",
                "PUT   | /api/2/things/a:b                      | ''   | application/json | 400 | json.format.invalid",
                "PUT   | /api/2/things/a:b/attributes/x         | ''   | application/json | 400 | json.invalid",
                "PUT   | /api/2/things/a:b/attributes/x         | {    | application/json | 400 | json.invalid",
                "PUT   | /api/2/things/a:b                      | {}   | text/html        | 415 | mediatype.unsupported",
                "PATCH | /api/2/things/a:b                      | {}   | application/json | 415 | mediatype.unsupported",
                "GET   | /api/2/things/a:b/attributes//x        | ''   | ''               | 400 | json.pointer.invalid",
                "GET   | /api/2/things/a:b/thingId              | ''   | ''               | 404 | gateway:resource.notfound",
                "POST  | /api/2/things/a:b                      | {}   | application/json | 405 | gateway:method.notallowed",
                "DELETE | /api/2/things/a:b/policyId            | ''   | ''               | 405 | gateway:method.notallowed",
                "PATCH | /api/2/policies/a:b                    | {}   | application/json | 405 | gateway:method.notallowed",
                "GET   | '/api/2/things/a:b?fields=x(y'         | ''   | ''               | 400 | json.fieldselector.invalid",
                "GET   | /api/2/things/a:b?timeout=2m           | ''   | ''               | 400 | gateway:timeout.invalid",
                "GET   | /api/2/things/a:b?channel=radio        | ''   | ''               | 400 | header.invalid",
                "PUT   | /api/2/things/a:b?requested-acks=a%20b | {}   | application/json | 400 | header.invalid",
                "PUT   | /api/2/things/a:b?requested-acks=my-ack&timeout=0 | {} | application/json | 400 | header.invalid",
                "POST  | /api/2/things/a:b/inbox/messages/hi    | {    | application/json | 400 | json.invalid",
                "GET   | /api/2/things/a:b/inbox/messages/hi    | ''   | ''               | 405 | gateway:method.notallowed",
            })
    void what_is_wrong_is_said(
            String method, String path, String body, String type, int status, String code)
            throws Exception {
        String[] headers = type.isEmpty() ? new String[0] : new String[] {"content-type", type};

        gateway.ditto(method, path, body, headers).hasError(status, code);
    }

    @Test
    void an_entity_tag_wants_quotes() throws Exception {
        gateway.ditto("GET", THING, "", "if-match", "rev:0").hasError(400, "header.invalid");
        gateway.ditto("GET", THING, "", "if-match", "W/\"rev:0\", \"rev:1\"").has(200);
    }

    @Test
    void nobody_but_users_gets_in() throws Exception {
        gateway.send("", "GET", THING, "").hasError(401, "gateway:authentication.failed");
        gateway.devops("GET", POLICY, "").hasError(401, "gateway:authentication.failed");
    }

    @Test
    void who_one_is_can_be_asked() throws Exception {
        assertThat(gateway.ditto("GET", "/api/2/whoami", "").has(200).json())
                .hasToString("{\"defaultSubject\":\"nginx:ditto\",\"subjects\":[\"nginx:ditto\"]}");
    }
}
