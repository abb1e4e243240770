package org.patchbay.standalone.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.standalone.RunningSystem;

/** Whatever is sent: an answer below 500, and where it is an error, the JSON that says which. */
@ExtendWith(RunningSystem.Shared.class)
class BadInputIT {

    private static final String CONNECTIONS = "/api/2/connections";
    private static final String PIGGYBACK = "/devops/piggyback/connectivity";
    private static final String JSON = "application/json";
    private static final String GOOD =
            """
            {"name": "good", "connectionType": "mqtt", "connectionStatus": "closed",
             "uri": "tcp://127.0.0.1:1",
             "sources": [{"addresses": ["in"], "authorizationContext": ["nginx:ditto"], "qos": 0}]}
            """;
    private static final int AT_ONCE = 8;
    private static final int DEEP = 20_000;

    private static RunningSystem system;

    @BeforeAll
    static void start(RunningSystem running) throws Exception {
        system = running;
        assertThat(system.send("PUT", CONNECTIONS + "/usable", GOOD).statusCode()).isIn(201, 204);
    }

    @AfterEach
    void a_connection_is_usable_afterwards() throws Exception {
        HttpResponse<String> answer = system.send("GET", CONNECTIONS + "/usable", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningSystem.json(answer.body()).path("name").asText()).isEqualTo("good");
    }

    @Test
    void each_field_missing_or_wrong() throws Exception {
        Map<String, String> bodies = BadBodies.all();

        eachOf(bodies, body -> system.send("PUT", CONNECTIONS + "/bad-body", body));

        assertThat(bodies).hasSizeGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "/connectionType,                 json.field.missing",
        "/connectionStatus,               json.field.missing",
        "/uri,                            json.field.missing",
        "/sources/0/authorizationContext, connectivity:connection.configuration.invalid",
        "/targets/0/address,              json.field.missing",
        "/credentials/type,               json.field.missing",
        "/mappingDefinitions/script/mappingEngine, json.field.missing",
    })
    void what_is_required_is_asked_for_by_its_name(String pointer, String code) throws Exception {
        String body =
                BadBodies.all().entrySet().stream()
                        .filter(entry ->
                                entry.getKey().equals("client-cert " + pointer + " missing"))
                        .findFirst()
                        .orElseThrow()
                        .getValue();

        HttpResponse<String> answer = system.send("PUT", CONNECTIONS + "/bad-body", body);

        assertError(answer, 400, null);
        JsonNode error = RunningSystem.json(answer.body());
        assertThat(error.path("description").asText() + error.path("message").asText())
                .contains(pointer);
        assertThat(answer.body()).contains(code.equals("json.field.missing") ? "missing" : pointer);
    }

    static Stream<String> bodies() {
        String name = "\"name\": \"good\"";
        return Stream.of(
                "",
                " ",
                "nothing",
                "null",
                "1",
                "\"text\"",
                "[]",
                "{",
                "}",
                "{}",
                "{]",
                GOOD + GOOD,
                GOOD + "x",
                "\ufeff" + GOOD.substring(0, 5),
                "[".repeat(DEEP),
                "{\"a\":".repeat(DEEP),
                "[".repeat(DEEP) + "]".repeat(DEEP),
                GOOD.replace(
                        name,
                        name
                                + ", \"specificConfig\": {\"a\": "
                                + "[".repeat(DEEP)
                                + "]".repeat(DEEP)
                                + "}"),
                GOOD.replace(name, "\"name\": " + "9".repeat(5_000)),
                GOOD.replace(name, name + ", \"clientCount\": 1e2147483647"),
                GOOD.replace(name, name + ", \"processorPoolSize\": " + "9".repeat(900)),
                GOOD.replace(name, name + ", \"specificConfig\": {\"a\": 1e999999999}"),
                GOOD.replace(name, name + ", \"x\": \"\\ud800\""),
                GOOD.replace("\"nginx:ditto\"", "\"nginx:ditto\"" + ",\"a\"".repeat(20_000)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void what_is_no_connection(String body) throws Exception {
        for (String path : List.of(CONNECTIONS, PIGGYBACK)) {
            assertAnswered(system.send("POST", path, body, "content-type", JSON), path);
        }
        if (!body.contains("tcp:")) { // What is a connection after all would be tried.
            assertAnswered(system.send("POST", CONNECTIONS + "?dry-run=true", body), body);
        }
        assertAnswered(system.send("PUT", CONNECTIONS + "/bad-body", body), body);
    }

    @Test
    void of_fields_that_come_twice_the_last_counts() throws Exception {
        String body = GOOD.replaceFirst("\\{", "{\"name\": \"first\", \"uri\": 1,");

        HttpResponse<String> answer = system.send("PUT", CONNECTIONS + "/twice", body);

        assertThat(answer.statusCode()).isIn(201, 204);
        assertThat(system.send("GET", CONNECTIONS + "/twice", "").body())
                .contains("\"name\":\"good\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/2/connections", "/devops/piggyback/connectivity"})
    void ten_megabytes(String path) throws Exception {
        byte[] body =
                ("{\"name\": \"" + "x".repeat(10_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        assertError(
                system.send("POST", path, BodyPublishers.ofByteArray(body)),
                413,
                "gateway:payload.toolarge");
        assertError(
                system.send(
                        "POST",
                        path,
                        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))),
                413,
                "gateway:payload.toolarge");
    }

    @Test
    void bytes_that_are_no_utf_8() throws Exception {
        for (int[] bytes :
                new int[][] {
                    {0xff},
                    {0xc0, 0x80},
                    {0xed, 0xa0, 0x80},
                    {0xf8, 0x88, 0x80, 0x80, 0x80},
                    {0x80},
                    {0xf0, 0x28},
                    {0, 0x41}
                }) {
            byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
            int at = GOOD.indexOf("good");
            for (int i = 0; i < bytes.length; i++) {
                good[at + i] = (byte) bytes[i];
            }

            HttpResponse<String> answer =
                    system.send("POST", CONNECTIONS, BodyPublishers.ofByteArray(good));

            assertError(answer, 400, "json.invalid");
        }
    }

    @Test
    void ids_that_none_can_have() throws Exception {
        List<String> ids =
                List.of(
                        "a%2Fb",
                        "%2F",
                        "..%2F..%2Fetc",
                        "%2e%2e%2f",
                        "a".repeat(101),
                        "a".repeat(300),
                        "%00",
                        "%0A",
                        "%0d%0aX:y",
                        "%7F",
                        "%C3%A4",
                        "%ff",
                        "%F0%9F%98%80",
                        "a%20b",
                        "a%25b",
                        "a+b",
                        "a,b",
                        "a;b",
                        "a=b",
                        "%7B%7B%20thing:id%20%7D%7D",
                        "a*",
                        "'",
                        "%22",
                        "%5C",
                        "a%26b",
                        "~",
                        "a@b",
                        "a.b");
        for (String id : ids) {
            String path = CONNECTIONS + "/" + id;
            assertError(system.send("GET", path, ""), 400, "connectivity:connection.id.invalid");
            assertError(system.send("PUT", path, GOOD), 400, "connectivity:connection.id.invalid");
            assertError(system.send("DELETE", path, ""), 400, "connectivity:connection.id.invalid");
            for (String report : List.of("/status", "/metrics", "/logs")) {
                assertError(
                        system.send("GET", path + report, ""),
                        400,
                        "connectivity:connection.id.invalid");
            }
            assertError(
                    system.send(
                            "POST",
                            path + "/command",
                            "connectivity.commands:openConnection",
                            "content-type",
                            "text/plain"),
                    400,
                    "connectivity:connection.id.invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../..",
                "/.",
                "//",
                "/usable/..",
                "/usable//status",
                "/usable/status/x",
                "/usable/%2e%2e/status",
                "/%",
                "/%zz",
                "/usable/command/",
                "/\\"
            })
    void paths_that_lead_elsewhere(String path) throws Exception {
        assertAnswered(
                raw(
                        "GET "
                                + CONNECTIONS
                                + path
                                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ZGV2b3BzOmZvb2Jhcg==\r\nConnection: close\r\n\r\n"),
                path);
    }

    @Test
    void parameters_of_every_kind() throws Exception {
        List<String> names =
                List.of(
                        "dry-run",
                        "ids-only",
                        "fields",
                        "limit",
                        "cursor",
                        "timeout",
                        "response-required",
                        "at-historical-revision",
                        "at-historical-timestamp",
                        "nonsense");
        List<String> values =
                List.of(
                        "",
                        "%00",
                        "-1",
                        "0",
                        "1e9",
                        "99999999999999999999",
                        "TRUE",
                        "null",
                        "%F0%28%8C%BC",
                        "((((",
                        "a(b",
                        "*",
                        "/",
                        "//",
                        ",,",
                        "a".repeat(5_000),
                        "0ms",
                        "61s",
                        "999999999m",
                        "2020-01-01",
                        "%25%25",
                        "1%001",
                        "true,true");
        for (String name : names) {
            for (String value : values) {
                String query = "?" + name + "=" + value;
                assertAnswered(system.send("GET", CONNECTIONS + query, ""), query);
                assertAnswered(system.send("GET", CONNECTIONS + "/usable" + query, ""), query);
                assertAnswered(
                        system.send("GET", CONNECTIONS + "/usable/status" + query, ""), query);
                assertAnswered(system.send("POST", CONNECTIONS + query, "{}"), query);
            }
        }
    }

    @Test
    void headers_of_every_kind() throws Exception {
        List<String> names =
                List.of(
                        "if-match",
                        "if-none-match",
                        "at-historical-revision",
                        "at-historical-timestamp",
                        "timeout",
                        "response-required",
                        "correlation-id",
                        "accept",
                        "content-type");
        List<String> values =
                List.of(
                        "",
                        ",",
                        "*",
                        "\"",
                        "W/",
                        "\"rev:\"",
                        "\"rev:99999999999999999999\"",
                        "rev:1",
                        "ä",
                        "x".repeat(4_000),
                        "-1",
                        "null",
                        "0",
                        "true;false",
                        "text/xml",
                        "multipart/form-data; boundary=");
        for (String name : names) {
            for (String value : values) {
                String header = name + ": " + value;
                for (String request :
                        List.of(
                                "GET " + CONNECTIONS + "/usable",
                                "GET " + CONNECTIONS,
                                "GET " + CONNECTIONS + "/usable/logs")) {
                    assertAnswered(
                            raw(
                                    request
                                            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ZGV2b3BzOmZvb2Jhcg==\r\nConnection: close\r\n"
                                            + header
                                            + "\r\n\r\n"),
                            header);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/xml",
                "text/plain",
                "application/merge-patch+json",
                "application/vnd.eclipse.ditto+json",
                "multipart/form-data",
                "image/png"
            })
    void media_types_that_are_not_taken(String type) throws Exception {
        assertError(
                system.send("POST", CONNECTIONS, GOOD, "content-type", type),
                415,
                "mediatype.unsupported");
        assertError(
                system.send("PUT", CONNECTIONS + "/bad-body", GOOD, "content-type", type),
                415,
                "mediatype.unsupported");
        if (!type.equals("text/plain")) {
            assertError(
                    system.send(
                            "POST",
                            CONNECTIONS + "/usable/command",
                            "connectivity.commands:openConnection",
                            "content-type",
                            type),
                    415,
                    "mediatype.unsupported");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"targetActorSelection\": %s, \"headers\": {}, \"piggybackCommand\": {}}",
                "{\"targetActorSelection\": \"/x\", \"headers\": %s, \"piggybackCommand\": {}}",
                "{\"targetActorSelection\": \"/x\", \"headers\": {\"aggregate\": %s}, \"piggybackCommand\": {}}",
                "{\"targetActorSelection\": \"/x\", \"headers\": {\"timeout\": %s}, \"piggybackCommand\": {}}",
                "{\"targetActorSelection\": \"/x\", \"headers\": {}, \"piggybackCommand\": %s}",
                "{\"targetActorSelection\": \"/x\", \"headers\": {}, \"piggybackCommand\": {\"type\": %s}}",
                "{\"targetActorSelection\": \"/system/sharding/connection\", \"headers\": {}, \"piggybackCommand\": {\"type\": \"connectivity.commands:retrieveConnection\", \"connectionId\": %s}}",
                "{\"targetActorSelection\": \"/system/sharding/connection\", \"headers\": {}, \"piggybackCommand\": {\"type\": \"connectivity.commands:retrieveConnection\", \"connectionId\": \"usable\", \"selectedFields\": %s}}",
                "{\"targetActorSelection\": \"/system/sharding/connection\", \"headers\": {}, \"piggybackCommand\": {\"type\": \"connectivity.commands:createConnection\", \"connection\": %s}}",
                "{\"targetActorSelection\": \"/system/sharding/connection\", \"headers\": {}, \"piggybackCommand\": {\"type\": \"connectivity.commands:modifyConnection\", \"connection\": {\"id\": %s}}}",
                "{\"targetActorSelection\": \"/user/connectivityRoot/connectionIdsRetrieval\", \"headers\": {}, \"piggybackCommand\": {\"type\": \"connectivity.sudo.commands:sudoRetrieveConnectionIdsByTag\", \"tag\": %s}}",
            })
    void commands_in_envelopes(String envelope) throws Exception {
        for (String value :
                List.of(
                        "null",
                        "1",
                        "true",
                        "[]",
                        "{}",
                        "\"\"",
                        "\"a/b\"",
                        "\"..\"",
                        "\"\\u0000\"",
                        "\"((\"",
                        "1e400",
                        "\"" + "x".repeat(300) + "\"",
                        "[".repeat(500) + "]".repeat(500))) {
            String body = envelope.formatted(value);
            HttpResponse<String> answer =
                    system.send("POST", PIGGYBACK, body, "content-type", JSON);
            assertAnswered(answer, body);
            assertThat(answer.body()).as(body).doesNotContain("internalerror");
        }
        String missing = envelope.replaceFirst("\"[A-Za-z]+\": %s", "\"x\": 1");
        assertAnswered(system.send("POST", PIGGYBACK, missing, "content-type", JSON), missing);
    }

    static Stream<String> requests() {
        String post =
                "POST /api/2/connections HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ZGV2b3BzOmZvb2Jhcg==\r\nConnection: close\r\nContent-Type: application/json\r\n";
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                chunked + "zz\r\n{}\r\n0\r\n\r\n",
                chunked + "-1\r\n{}\r\n0\r\n\r\n",
                chunked + "ffffffffffffffff\r\n{}",
                chunked + "7fffffff\r\n{}",
                chunked + "2;" + "x".repeat(10_000) + "\r\n{}\r\n0\r\n\r\n",
                chunked + "2\r\n{}0\r\n\r\n",
                chunked + "1\r\n{\r\n".repeat(20_000) + "0\r\n\r\n",
                chunked + "2\r\n{}\r\n",
                chunked + "2\r\n{}\r\n0\r\nX: " + "y".repeat(10_000) + "\r\n\r\n",
                post + "Transfer-Encoding: gzip\r\n\r\n{}",
                post
                        + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                post + "Content-Length: -1\r\n\r\n{}",
                post + "Content-Length: 99999999999999999999\r\n\r\n{}",
                post + "Content-Length: 20\r\n\r\n{}",
                post + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                post + "Expect: nonsense\r\nContent-Length: 2\r\n\r\n{}",
                post + " folded\r\nContent-Length: 2\r\n\r\n{}",
                post + "Bad Header: x\r\nContent-Length: 2\r\n\r\n{}",
                post + "X: a\0b\r\nContent-Length: 2\r\n\r\n{}",
                post + "X: y\r\n".repeat(200) + "Content-Length: 2\r\n\r\n{}",
                post + "X: " + "y".repeat(100_000) + "\r\n\r\n",
                post.replace("application/json", "a") + "Content-Length: 2\r\n\r\n{}",
                post.replace("application/json", "application/json; charset=nonsense")
                        + "Content-Length: 2\r\n\r\n{}",
                post.replace("Host: x\r\n", "") + "Content-Length: 2\r\n\r\n{}",
                post.replace("Host: x", "Host: a b") + "Content-Length: 2\r\n\r\n{}",
                post.replace("HTTP/1.1", "HTTP/1.0") + "Content-Length: 2\r\n\r\n{}",
                post.replace("HTTP/1.1", "HTTP/3.7") + "Content-Length: 2\r\n\r\n{}",
                post.replace("POST", "BREW") + "Content-Length: 2\r\n\r\n{}",
                post.replace("POST", "x".repeat(300)) + "Content-Length: 2\r\n\r\n{}",
                post.replace("/api/2/connections", "*") + "Content-Length: 2\r\n\r\n{}",
                post.replace("/api/2/connections", "/" + "x".repeat(20_000)) + "\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "CONNECT x:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n",
                "\0".repeat(1_000) + "\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void what_is_hardly_http(String request) throws Exception {
        assertAnswered(raw(request), request.substring(0, Math.min(120, request.length())));
    }

    private interface Sending {
        HttpResponse<String> send(String body) throws Exception;
    }

    private static void eachOf(Map<String, String> bodies, Sending sending) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> running =
                    bodies.entrySet().stream()
                            .<Future<?>>map(entry ->
                                    threads.submit(() -> {
                                        assertAnswered(
                                                sending.send(entry.getValue()), entry.getKey());
                                        return null;
                                    }))
                            .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private static void assertAnswered(HttpResponse<String> answer, String what) {
        assertAnswered(answer.statusCode(), answer.body(), what);
    }

    private static void assertAnswered(String raw, String what) {
        assertThat(raw).as(what).matches("(?s)HTTP/1\\.[01] \\d{3} .*\r\n\r\n.*");
        int status = Integer.parseInt(raw.substring(9, 12));
        assertAnswered(status, raw.substring(raw.indexOf("\r\n\r\n") + 4), what);
    }

    private static void assertAnswered(int status, String body, String what) {
        assertThat(status).as("%s: %s", what, body).isBetween(200, 499);
        if (status >= 400) {
            assertErrorBody(status, body, what);
        }
    }

    private static void assertError(HttpResponse<String> answer, int status, String code) {
        String what = answer.request().method() + " " + answer.uri();
        assertThat(answer.statusCode()).as("%s: %s", what, answer.body()).isEqualTo(status);
        assertErrorBody(status, answer.body(), what);
        if (code != null) {
            assertThat(RunningSystem.json(answer.body()).path("error").asText())
                    .as(what)
                    .isEqualTo(code);
        }
    }

    private static void assertErrorBody(int status, String body, String what) {
        JsonNode json = RunningSystem.json(body);
        assertThat(json.path("status").asInt()).as(what).isEqualTo(status);
        assertThat(json.path("error").asText()).as(what).isNotEmpty();
        assertThat(json.path("message").asText()).as(what).isNotEmpty();
    }

    private static String raw(String request) throws Exception {
        return RawHttp.send(system.port(), request.getBytes(StandardCharsets.UTF_8));
    }
}
