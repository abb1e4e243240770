package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.gateway.GatewayFixture.Answer;

/** Connections as resources and as piggyback commands. */
class ConnectionsIT {

    private static final String CONNECTIONS = "/api/2/connections";
    private static final String CONNECTION =
            """
            {"name": "one", "connectionType": "mqtt", "connectionStatus": "closed",
             "uri": "tcp://broker.example:1883", "tags": ["a-tag"],
             "sources": [{"addresses": ["in"], "authorizationContext": ["nginx:ditto"], "qos": 0}]}
            """;

    private static final String MAPPING_TEST =
            """
            {"mappingDefinition": {"mappingEngine": "JavaScript", "options": {}},
             "direction": "incoming", "message": {"textPayload": "hello"}}
            """;
    private static final String NOWHERE = CONNECTION.replace("broker.example", "nowhere.example");

    private static GatewayFixture gateway;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        gateway = GatewayFixture.start(data);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_connection_lives_from_its_creation_to_its_deletion() throws Exception {
        Answer created = gateway.devops("POST", CONNECTIONS, CONNECTION).has(201);
        String id = created.json().get("id").textValue();
        String path = CONNECTIONS + "/" + id;
        assertThat(created.header("location")).endsWith(path).startsWith("http://127.0.0.1:");
        assertThat(created.header("etag")).isEqualTo("\"rev:1\"");

        Answer found = gateway.devops("GET", path, "").has(200);
        assertThat(found.json().get("name").textValue()).isEqualTo("one");
        assertThat(found.json().has("_revision")).isFalse();
        assertThat(found.header("etag")).isEqualTo("\"rev:1\"");
        assertThat(found.header("entity-revision")).isEqualTo("1");

        gateway.devops("PUT", path, CONNECTION).has(204);
        gateway.devops("DELETE", path, "").has(204);
        gateway.devops("GET", path, "").hasError(404, "connectivity:connection.notfound");
    }

    @Test
    void put_creates_what_is_not_there() throws Exception {
        Answer answer = gateway.devops("PUT", CONNECTIONS + "/my-own:id", CONNECTION).has(201);

        assertThat(answer.header("location")).endsWith(CONNECTIONS + "/my-own:id");
        assertThat(answer.json().get("id").textValue()).isEqualTo("my-own:id");
    }

    @Test
    void only_the_fields_that_are_asked_for_are_shown() throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/fields", CONNECTION);

        JsonNode json =
                gateway.devops(
                                "GET",
                                CONNECTIONS + "/fields?fields=id,sources(addresses),_revision",
                                "")
                        .has(200)
                        .json();

        assertThat(json)
                .hasToString(
                        "{\"id\":\"fields\",\"sources\":[{\"addresses\":[\"in\"]}],\"_revision\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?ids-only=true", "?fields=id", "?ids-only=true&fields=name"})
    void the_list_is_one_of_ids_where_that_is_all_that_is_wanted(String query) throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/listed", CONNECTION);

        JsonNode json = gateway.devops("GET", CONNECTIONS + query, "").has(200).json();

        assertThat(json).allMatch(JsonNode::isTextual).map(JsonNode::textValue).contains("listed");
    }

    @ParameterizedTest
    @CsvSource({"'', 9", "?ids-only=foo, 9", "'?fields=id,name', 2"})
    void else_it_is_one_of_connections(String query, int fieldsAtLeast) throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/listed", CONNECTION);

        JsonNode json = gateway.devops("GET", CONNECTIONS + query, "").has(200).json();

        assertThat(json).isNotEmpty().allMatch(connection -> connection.size() >= fieldsAtLeast);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openConnection",
                "closeConnection",
                "resetConnectionMetrics",
                "enableConnectionLogs",
                "resetConnectionLogs"
            })
    void a_command_is_carried_out(String command) throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/commanded", CONNECTION);

        Answer answer =
                gateway.devops(
                        "POST",
                        CONNECTIONS + "/commanded/command",
                        "connectivity.commands:" + command,
                        "content-type",
                        "text/plain; charset=utf-8");

        assertThat(answer.has(200).http().body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "status,  RetrieveStatus",
        "metrics, RetrieveMetrics",
        "logs,    RetrieveLogs",
    })
    void a_report_is_shown_as_it_is(String what, String report) throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/reported", CONNECTION);

        Answer answer = gateway.devops("GET", CONNECTIONS + "/reported/" + what, "");

        assertThat(answer.has(200).json().get("report").textValue()).isEqualTo(report);
    }

    @Test
    void a_dry_run_stores_nothing() throws Exception {
        Answer answer = gateway.devops("POST", CONNECTIONS + "?dry-run=true", CONNECTION).has(200);

        assertThat(answer.http().body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"JavaScript, 200", "Nonsense, 400"})
    void a_mapping_is_tested_with_the_status_of_what_came_of_it(String engine, int status)
            throws Exception {
        Answer answer =
                gateway.devops(
                        "POST",
                        CONNECTIONS + "/mappings/test",
                        MAPPING_TEST.replace("JavaScript", engine));

        assertThat(answer.has(status).json().get("direction").textValue()).isEqualTo("incoming");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JavaScript              | 7          | 400 | json.format.invalid",
                "\"mappingEngine\"         | \"engine\"   | 400 | json.field.missing",
                "incoming                | sideways   | 400 | json.invalid",
                "\"direction\"             | \"way\"      | 400 | json.field.missing",
                "\"message\"               | \"letter\"   | 400 | json.field.missing",
                "\"textPayload\": \"hello\" | \"bytePayload\": \"?\" | 400 | json.format.invalid",
                "\"textPayload\": \"hello\" | \"textPayload\": {} | 400 | json.format.invalid",
                "\"textPayload\":          | \"bytePayload\": \"\", \"textPayload\": | 400 | json.format.invalid",
                "incoming                | outgoing   | 400 | json.field.missing",
            })
    void what_is_wrong_with_a_test_of_a_mapping_is_said(
            String from, String to, int status, String code) throws Exception {
        String wrong = MAPPING_TEST.replace(to.equals("7") ? '"' + from + '"' : from, to);

        assertThat(wrong).isNotEqualTo(MAPPING_TEST);
        gateway.devops("POST", CONNECTIONS + "/mappings/test", wrong).hasError(status, code);
    }

    @Test
    void a_test_of_a_mapping_is_for_devops_of_bounded_size_and_sent_by_post() throws Exception {
        String path = CONNECTIONS + "/mappings/test";

        gateway.ditto("POST", path, MAPPING_TEST).hasError(401, "gateway:authentication.failed");
        gateway.devops("GET", path, "").hasError(405, "gateway:method.notallowed");
        gateway.devops("POST", path, MAPPING_TEST.replace("hello", "x".repeat(600_000)))
                .hasError(413, "gateway:payload.toolarge");
    }

    @Test
    void put_is_tried_out_too_where_it_says_so() throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/only-tried?dry-run=true", CONNECTION).has(200);

        gateway.devops("GET", CONNECTIONS + "/only-tried", "")
                .hasError(404, "connectivity:connection.notfound");
    }

    @Test
    void a_dry_run_that_fails_says_which_layer_it_was() throws Exception {
        Answer answer =
                gateway.devops("POST", CONNECTIONS + "?dry-run=true", NOWHERE)
                        .hasError(504, "connectivity:connection.failed");

        assertThat(answer.json().get("description").textValue())
                .contains("Failed layer: name-resolution")
                .contains("Not reached: tcp");
    }

    @Test
    void the_report_of_a_dry_run_is_an_answer_whether_it_failed_or_not() throws Exception {
        String path = CONNECTIONS + "?dry-run=true&report=true";

        JsonNode fine = gateway.devops("POST", path, CONNECTION).has(200).json();
        JsonNode failed = gateway.devops("POST", path, NOWHERE).has(200).json();
        JsonNode unreadable = gateway.devops("POST", path, "{}").has(200).json();

        assertThat(fine.get("succeeded").booleanValue()).isTrue();
        assertThat(failed.get("succeeded").booleanValue()).isFalse();
        assertThat(failed.get("failedLayer").textValue()).isEqualTo("name-resolution");
        assertThat(failed.at("/error/status").intValue()).isEqualTo(504);
        assertThat(failed.at("/layers/2/status").textValue()).isEqualTo("not-reached");
        assertThat(unreadable.get("failedLayer").textValue()).isEqualTo("configuration");
        assertThat(unreadable.at("/error/error").textValue()).isEqualTo("json.field.missing");
        gateway.devops("POST", path, "{").hasError(400, "json.invalid");
        gateway.devops("POST", CONNECTIONS + "?dry-run=true&report=maybe", CONNECTION)
                .hasError(400, "header.invalid");
    }

    @Test
    void conditions_on_the_revision_are_answered_with_the_revision_that_is() throws Exception {
        String path = CONNECTIONS + "/conditional";
        gateway.devops("PUT", path, CONNECTION);

        Answer failed = gateway.devops("GET", path, "", "if-match", "\"rev:9\"");
        Answer unchanged = gateway.devops("GET", path, "", "if-none-match", "\"rev:1\"");

        assertThat(failed.hasError(412, "connectivity:precondition.failed").header("etag"))
                .isEqualTo("\"rev:1\"");
        assertThat(unchanged.has(304).header("etag")).isEqualTo("\"rev:1\"");
        assertThat(unchanged.http().body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PUT, if-match, rev:1", "DELETE, if-match, ''", "GET, if-none-match, W/"})
    void a_condition_that_is_none_is_refused(String method, String header, String value)
            throws Exception {
        String path = CONNECTIONS + "/conditional";
        gateway.devops("PUT", path, CONNECTION);

        gateway.devops(method, path, method.equals("PUT") ? CONNECTION : "", header, value)
                .hasError(400, "header.invalid");
        gateway.devops("GET", path, "").has(200);
    }

    @Test
    void the_past_is_asked_for_by_header() throws Exception {
        String path = CONNECTIONS + "/historical";
        gateway.devops("PUT", path, CONNECTION);

        gateway.devops("GET", path, "", "at-historical-revision", "99")
                .hasError(404, "connectivity:connection.history.notfound");
        gateway.devops("GET", path, "", "at-historical-timestamp", "2022-10-24T07:11Z")
                .hasError(404, "connectivity:connection.history.notfound");
        gateway.devops("GET", path, "", "at-historical-revision", "99999999999999999999")
                .hasError(400, "header.invalid");
        gateway.devops("GET", path, "", "at-historical-revision", "soon")
                .hasError(400, "header.invalid");
        gateway.devops("GET", path, "", "at-historical-timestamp", "soon")
                .hasError(400, "header.invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | ''                         | ''     | application/json | 401 | gateway:authentication.failed",
            })
    void nobody_but_devops_gets_in(
            String method, String path, String body, String type, int status, String code)
            throws Exception {
        gateway.send("", method, CONNECTIONS + path, body, "content-type", type)
                .hasError(status, code);
        gateway.send("ditto:ditto", method, CONNECTIONS + path, body, "content-type", type)
                .hasError(status, code);
    }

    @Test
    void both_ids_are_named_where_that_of_the_body_is_not_that_of_the_path() throws Exception {
        Answer answer = gateway.devops("PUT", CONNECTIONS + "/one", "{\"id\": \"other\"}");

        answer.hasError(400, "connectivity:id.notsettable");
        assertThat(answer.json().path("message").asText()).contains("/id", "'one'", "'other'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | ''               | ''          | application/json             | 400 | json.format.invalid",
                "POST | ''               | {           | application/json             | 400 | json.invalid",
                "POST | ''               | {} x        | application/json             | 400 | json.invalid",
                "POST | ''               | {}          | application/json             | 400 | json.field.missing",
                "POST | ''               | {\"id\":\"x\"} | application/json          | 400 | connectivity:id.notsettable",
                "POST | ''               | {}          | application/merge-patch+json | 415 | mediatype.unsupported",
                "POST | ?dry-run=TRUE    | {}          | application/json             | 400 | header.invalid",
                "POST | ?timeout=banana  | @           | application/json             | 400 | timeout.invalid",
                "PUT  | /one             | {\"id\":\"x\"} | application/json          | 400 | connectivity:id.notsettable",
                "GET  | /nope            | ''          | application/json             | 404 | connectivity:connection.notfound",
                "GET  | /a%2Fb           | ''          | application/json             | 400 | connectivity:connection.id.invalid",
                "GET  | /%00/status      | ''          | application/json             | 400 | connectivity:connection.id.invalid",
                "DELETE | /a%20b         | ''          | application/json             | 400 | connectivity:connection.id.invalid",
                "GET  | /nope/nope       | ''          | application/json             | 404 | gateway:resource.notfound",
                "GET  | '?fields=a(b'    | ''          | application/json             | 400 | json.fieldselector.invalid",
                "POST | /nope/command    | connectivity.commands:openConnection | text/plain | 404 | connectivity:connection.notfound",
                "POST | /nope/command    | openConnection | text/plain                | 400 | connectivity:command.invalid",
                "POST | /nope/command    | connectivity.commands:deleteConnection | text/plain | 400 | connectivity:command.invalid",
                "POST | /nope/command    | connectivity.commands:openConnection | application/json | 415 | mediatype.unsupported",
                "POST | /nope/metrics    | x           | text/plain                   | 405 | gateway:method.notallowed",
                "PATCH | /nope           | {}          | application/json             | 405 | gateway:method.notallowed",
            })
    void what_is_wrong_is_said(
            String method, String path, String body, String type, int status, String code)
            throws Exception {
        String sent = body.equals("@") ? CONNECTION : body;

        gateway.devops(method, CONNECTIONS + path, sent, "content-type", type)
                .hasError(status, code);
    }

    @Test
    void a_command_in_an_envelope_is_answered_under_its_service_and_instance() throws Exception {
        JsonNode json = piggyback("{}", create("piggy-1")).has(200).json();

        JsonNode answer = json.get("connectivity").iterator().next();
        assertThat(answer.get("type").textValue())
                .isEqualTo("connectivity.responses:createConnection");
        assertThat(answer.get("status").intValue()).isEqualTo(201);
        assertThat(answer.at("/connection/id").textValue()).isEqualTo("piggy-1");
    }

    @ParameterizedTest
    @CsvSource({
        "modifyConnection,         204",
        "openConnection,           200",
        "closeConnection,          200",
        "retrieveConnectionStatus, 200",
        "retrieveConnectionMetrics, 200",
        "retrieveConnectionLogs,   200",
        "resetConnectionMetrics,   200",
        "enableConnectionLogs,     200",
        "resetConnectionLogs,      200",
        "testConnection,           200",
        "deleteConnection,         204"
    })
    void a_command_without_aggregation_is_answered_barely(String name, int status)
            throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/piggy-2", CONNECTION);
        String withId = CONNECTION.replaceFirst("\\{", "{\"id\": \"piggy-2\",");
        String command =
                "{\"type\": \"connectivity.commands:%s\", \"connectionId\": \"piggy-2\", \"connection\": %s}"
                        .formatted(name, withId);

        JsonNode json = piggyback("{\"aggregate\": false}", command).has(200).json();

        assertThat(json.get("type").textValue()).isEqualTo("connectivity.responses:" + name);
        assertThat(json.get("status").intValue()).isEqualTo(status);
        assertThat(json.get("connectionId").textValue()).isEqualTo("piggy-2");
    }

    @Test
    void ids_and_tags_are_retrieved() throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/piggy-3", CONNECTION);

        JsonNode tags =
                piggyback(
                                "{\"aggregate\": false}",
                                "{\"type\": \"connectivity.sudo.commands:sudoRetrieveConnectionTags\", \"connectionId\": \"piggy-3\"}")
                        .json();
        JsonNode ids =
                ids(
                        "{\"type\": \"connectivity.sudo.commands:sudoRetrieveConnectionIdsByTag\", \"tag\": \"a-tag\"}");

        assertThat(tags.get("connectionTags")).map(JsonNode::textValue).containsExactly("a-tag");
        assertThat(ids.get("connectionIds")).map(JsonNode::textValue).contains("piggy-3");
        assertThat(
                        ids("{\"type\": \"connectivity.commands:retrieveAllConnectionIds\"}")
                                .get("connectionIds"))
                .map(JsonNode::textValue)
                .contains("piggy-3");
    }

    @Test
    void an_entitys_own_error_comes_as_it_is() throws Exception {
        String command =
                "{\"type\": \"connectivity.commands:openConnection\", \"connectionId\": \"nope\"}";

        JsonNode json = piggyback("{\"aggregate\": false}", command).has(200).json();

        assertThat(json.get("error").textValue()).isEqualTo("connectivity:connection.notfound");
        assertThat(json.get("status").intValue()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/system/sharding/connection | {\"type\": \"connectivity.commands:fooBar\"}             | 400 | json.type.notparsable",
                "/system/sharding/connection | {\"connectionId\": \"x\"}                                | 400 | json.type.notparsable",
                "/system/sharding/connection | {\"type\": \"connectivity.commands:openConnection\"}     | 400 | json.field.missing",
                "/system/sharding/connection | {\"type\": \"connectivity.commands:createConnection\"}   | 400 | json.field.missing",
                "/system/sharding/connection | {\"type\": \"connectivity.commands:createConnection\", \"connection\": {}} | 400 | json.field.missing",
                "/user/nope                  | {\"type\": \"connectivity.commands:openConnection\", \"connectionId\": \"x\"} | 503 | ask.error",
            })
    void a_fault_in_the_command_comes_in_an_envelope(
            String target, String command, int status, String code) throws Exception {
        JsonNode json = piggyback(target, "{\"aggregate\": false}", command).has(200).json();

        assertThat(json.get("type").textValue()).isEqualTo("devops.responses:errorResponse");
        assertThat(json.get("status").intValue()).isEqualTo(status);
        assertThat(json.get("serviceName").textValue()).isEqualTo("connectivity");
        assertThat(json.get("instance").textValue()).isNotEmpty();
        assertThat(json.at("/payload/error").textValue()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                           | json.format.invalid",
                "{\"headers\": {}, \"piggybackCommand\": {}}  | json.field.missing",
                "{\"targetActorSelection\": \"/x\", \"piggybackCommand\": {}} | json.field.missing",
                "{\"targetActorSelection\": \"/x\", \"headers\": {}} | json.field.missing",
                "{\"targetActorSelection\": 1, \"headers\": {}, \"piggybackCommand\": {}} | json.format.invalid",
            })
    void a_fault_in_the_envelope_is_an_http_error(String envelope, String code) throws Exception {
        gateway.devops("POST", "/devops/piggyback/connectivity", envelope).hasError(400, code);
    }

    @Test
    void health_is_shown_to_all_and_its_parts_to_the_operator() throws Exception {
        assertThat(gateway.send("", "GET", "/health", "").has(200).json())
                .hasToString("{\"status\":\"UP\"}");
        assertThat(gateway.send("", "GET", "/status/health", "").has(200).json())
                .hasToString("{\"status\":\"UP\"}");
        assertThat(gateway.devops("GET", "/status/health", "").has(200).json().get("children"))
                .map(part -> part.get("label").textValue())
                .contains("http");
        gateway.send("devops:wrong", "GET", "/status/health", "")
                .hasError(401, "gateway:authentication.failed");
    }

    private static JsonNode ids(String command) throws Exception {
        return piggyback(
                        "/user/connectivityRoot/connectionIdsRetrieval",
                        "{\"aggregate\": false}",
                        command)
                .has(200)
                .json();
    }

    private static String create(String id) {
        return "{\"type\": \"connectivity.commands:createConnection\", \"connection\": %s}"
                .formatted(CONNECTION.replaceFirst("\\{", "{\"id\": \"" + id + "\","));
    }

    private static Answer piggyback(String headers, String command) throws Exception {
        return piggyback("/system/sharding/connection", headers, command);
    }

    private static Answer piggyback(String target, String headers, String command)
            throws Exception {
        return gateway.devops(
                "POST",
                "/devops/piggyback/connectivity",
                "{\"targetActorSelection\": \"%s\", \"headers\": %s, \"piggybackCommand\": %s}"
                        .formatted(target, headers, command));
    }
}
