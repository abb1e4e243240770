package org.patchbay.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.authentication.AuthenticationFixture;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.json.Json;

/** What holds for every resource, over a real port. */
class RouterTest {

    private static final int BODY_MAX = 1000;

    private static ActorTestKit kit;
    private static ServerBinding binding;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void serve() throws Exception {
        Config config = ConfigFactory.load();
        kit = ActorTestKit.create("router", config);
        Router router =
                new Router(
                        List.of(
                                Route.at("/open", Audience.OPEN)
                                        .get(RouterTest::parameters)
                                        .post(exchange -> answer(exchange.body().utf8String())),
                                Route.at("/closed", Audience.API).get(_ -> answer("in")),
                                Route.at("/problem", Audience.OPEN)
                                        .get(_ -> {
                                            throw Problem.of(418, "a.code", "No tea.")
                                                    .asException();
                                        }),
                                Route.at("/broken", Audience.OPEN)
                                        .get(_ ->
                                                CompletableFuture.failedFuture(
                                                        new IllegalStateException("x")))),
                        AuthenticationFixture.of(config),
                        new Bodies(kit.system(), BODY_MAX, Duration.ofSeconds(2)));
        binding =
                Http.get(kit.system())
                        .newServerAt("127.0.0.1", 0)
                        .withSettings(
                                ServerSettings.create(
                                        config.getConfig("patchbay.gateway.server")
                                                .atPath("pekko.http.server")
                                                .withFallback(config)))
                        .bind(router::route)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /closed,       401, gateway:authentication.failed",
        "GET,    /nowhere,      404, gateway:resource.notfound",
        "GET,    /api/3/things, 404, api.version.notsupported",
        "DELETE, /open,         405, gateway:method.notallowed",
        "PUT,    /open,         405, gateway:method.notallowed",
        "GET,    /problem,      418, a.code",
        "GET,    /broken,       500, internalerror"
    })
    void every_error_is_json_with_its_code(String method, String path, int status, String code)
            throws Exception {
        HttpResponse<String> response = send(request(path).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode json = Json.parse(response.body());
        assertThat(json.get("error").textValue()).isEqualTo(code);
        assertThat(json.get("status").intValue()).isEqualTo(status);
        assertThat(json.get("message").textValue()).isNotEmpty();
    }

    @Test
    void who_is_not_let_in_learns_how_to_get_in() throws Exception {
        HttpResponse<String> response = send(request("/closed"));

        assertThat(response.headers().firstValue("www-authenticate").orElse(""))
                .startsWith("Basic realm=");
    }

    @Test
    void a_resource_names_its_methods() throws Exception {
        HttpResponse<String> response = send(request("/open").DELETE());

        assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD, POST, OPTIONS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/open | GET, HEAD, POST, OPTIONS", "/closed | GET, HEAD, OPTIONS"})
    void options_names_the_methods_to_everybody(String path, String methods) throws Exception {
        HttpResponse<String> response =
                send(request(path).method("OPTIONS", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("allow")).hasValue(methods);
    }

    @ParameterizedTest
    @CsvSource({"/open", "/closed", "/nowhere", "/broken"})
    void every_answer_carries_the_correlation_id_of_its_request(String path) throws Exception {
        HttpResponse<String> response = send(request(path).header("correlation-id", "mine-1"));

        assertThat(response.headers().allValues("correlation-id")).containsExactly("mine-1");
    }

    @Test
    void a_request_without_a_correlation_id_gets_one() throws Exception {
        HttpResponse<String> response = send(request("/open"));

        assertThat(response.headers().firstValue("correlation-id").orElse(""))
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void selectors_and_rql_need_no_escaping() throws Exception {
        String query = "fields=a(b,c)&condition=eq(x,%22y%22)&plus=a+b";

        assertThat(send(request("/open?" + query)).body())
                .contains("fields=a(b,c)", "condition=eq(x,\"y\")", "plus=a b");
    }

    @Test
    void characters_that_a_uri_must_not_hold_are_let_pass_in_a_query() throws Exception {
        String answer =
                raw("GET /open?filter={\"a\"|b} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("filter={\"a\"|b}");
    }

    @Test
    void what_is_no_http_is_refused_as_json() throws Exception {
        String answer = raw("GET /open HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("\"error\":\"gateway:request.invalid\"");
    }

    @Test
    void a_body_up_to_the_limit_is_read() throws Exception {
        String body = "x".repeat(BODY_MAX);

        assertThat(send(request("/open").POST(BodyPublishers.ofString(body))).body())
                .isEqualTo(body);
    }

    @Test
    void a_body_of_known_size_beyond_the_limit_is_refused_before_it_has_come() throws Exception {
        String answer =
                raw(
                        "POST /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2000000\r\n\r\nxx");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("gateway:payload.toolarge");
    }

    @RepeatedTest(20)
    void a_body_of_unknown_size_beyond_the_limit_is_refused() throws Exception {
        byte[] body = "x".repeat(300 * BODY_MAX).getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response =
                send(
                        request("/open")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new java.io.ByteArrayInputStream(body))));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("gateway:payload.toolarge");
    }

    @RepeatedTest(5)
    void who_writes_a_large_body_to_the_end_before_reading_sees_why_it_is_refused()
            throws Exception {
        String body = "x".repeat(8_000_000);
        for (String head :
                List.of(
                        "POST /open HTTP/1.1\r\nContent-Length: 8000000",
                        "DELETE /open HTTP/1.1\r\nContent-Length: 8000000",
                        "POST /nowhere HTTP/1.1\r\nContent-Length: 8000000")) {
            String answer = raw(head + "\r\nHost: x\r\nConnection: close\r\n\r\n" + body);

            assertThat(answer).matches("(?s)HTTP/1.1 4(13|05|04) .*\"error\".*");
        }
    }

    @Test
    void a_body_that_does_not_come_is_not_waited_for() throws Exception {
        String answer = raw("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nxx");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("gateway:request.timeout");
    }

    @Test
    void head_is_get_without_a_body() throws Exception {
        HttpResponse<String> response =
                send(request("/open").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    private static CompletionStage<org.apache.pekko.http.javadsl.model.HttpResponse> parameters(
            Exchange exchange) {
        return answer(exchange.parameters().toString());
    }

    private static CompletionStage<org.apache.pekko.http.javadsl.model.HttpResponse> answer(
            String text) {
        return CompletableFuture.completedFuture(
                Answers.bytes(
                        200,
                        org.apache.pekko.http.javadsl.model.ContentTypes.TEXT_PLAIN_UTF8,
                        text.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + path));
    }

    /** For what a well-behaved client can't send. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", binding.localAddress().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[4096];
            for (int n; !isComplete(answer) && (n = in.read(buffer)) >= 0; ) {
                answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }

    private static boolean isComplete(StringBuilder answer) {
        return answer.indexOf("\r\n\r\n") >= 0 && answer.charAt(answer.length() - 1) == '}';
    }
}
