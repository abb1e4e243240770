package org.patchbay.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Bodies;

class EdgeTest {

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // forced, redirects, method, path,        X-Forwarded-Proto, status, location
                "false, false, GET,  /ui?a=b%20c,         -,     200, -",
                "false, true,  GET,  /ui,                 http,  200, -",
                "true,  false, GET,  /ui,                 https, 200, -",
                "true,  false, GET,  /ui,                 HTTPS, 200, -",
                "true,  false, GET,  /ui,                 http,  403, -",
                "true,  false, GET,  /ui,                 -,     403, -",
                "true,  false, GET,  /health,             -,     200, -",
                "true,  true,  GET,  /ui/%C3%A4?a=b%20c,  http,  301, https://example.com/ui/%C3%A4?a=b%20c",
                "true,  true,  HEAD, /ui,                 -,     301, https://example.com/ui",
                "true,  true,  GET,  /ui,                 https, 200, -",
                "true,  true,  POST, /ui,                 http,  403, -",
                "true,  true,  GET,  /api/2/things,       http,  403, -",
                "true,  true,  GET,  /api/2/things,       https, 200, -"
            })
    void https_is_insisted_on_where_the_operator_says_so(
            boolean forced,
            boolean redirects,
            String method,
            String path,
            String proto,
            int status,
            String location) {
        HttpRequest request =
                request(method, "http://example.com:8080" + path)
                        .addHeader(Answers.header("correlation-id", "c-1"));

        HttpResponse answer =
                edge(forced, redirects, false)
                        .handle(
                                proto == null
                                        ? request
                                        : request.addHeader(
                                                Answers.header("X-Forwarded-Proto", proto)))
                        .toCompletableFuture()
                        .join();

        assertThat(answer.status().intValue()).isEqualTo(status);
        assertThat(header(answer, "location")).isEqualTo(location);
        assertThat(status == 200 ? "c-1" : header(answer, "correlation-id")).isEqualTo("c-1");
    }

    @Test
    void a_page_of_another_origin_may_ask_first_and_then_see_the_answer() {
        Edge edge = edge(false, false, true);
        HttpRequest request =
                request("GET", "http://example.com/api/2/things")
                        .addHeader(Answers.header("Origin", "https://page.example"));

        HttpResponse allowed =
                edge.handle(
                                request.withMethod(HttpMethods.OPTIONS)
                                        .addHeader(
                                                Answers.header(
                                                        "Access-Control-Request-Method", "PUT"))
                                        .addHeader(
                                                Answers.header(
                                                        "Access-Control-Request-Headers",
                                                        "authorization,content-type")))
                        .toCompletableFuture()
                        .join();
        HttpResponse answer = edge.handle(request).toCompletableFuture().join();

        assertThat(allowed.status().intValue()).isEqualTo(204);
        assertThat(header(allowed, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(allowed, "access-control-allow-methods")).contains("PUT", "DELETE");
        assertThat(header(allowed, "access-control-allow-headers"))
                .isEqualTo("authorization,content-type");
        assertThat(header(allowed, "access-control-allow-credentials")).isNull();
        assertThat(answer.status().intValue()).isEqualTo(200);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(answer, "access-control-expose-headers")).contains("correlation-id");
    }

    @Test
    void other_requests_are_handled_as_ever() {
        HttpRequest options = request("OPTIONS", "http://example.com/api/2/things");

        assertThat(header(handle(edge(false, false, true), options), "x-inner")).isEqualTo("yes");
        assertThat(header(handle(edge(false, false, true), options), "access-control-allow-origin"))
                .isNull();
    }

    @Test
    void without_cors_no_page_of_another_origin_sees_anything() {
        HttpRequest request =
                request("GET", "http://example.com/api/2/things")
                        .addHeader(Answers.header("Origin", "https://page.example"));

        assertThat(
                        header(
                                handle(edge(false, false, false), request),
                                "access-control-allow-origin"))
                .isNull();
    }

    private static HttpResponse handle(Edge edge, HttpRequest request) {
        return edge.handle(request).toCompletableFuture().join();
    }

    private static HttpRequest request(String method, String uri) {
        return HttpRequest.create(uri).withMethod(HttpMethods.lookup(method).orElseThrow());
    }

    private static Edge edge(boolean forced, boolean redirects, boolean cors) {
        return new Edge(
                new EdgeSettings(forced, redirects, Pattern.compile("/api.*"), cors),
                new Bodies(kit.system(), 1000, Duration.ofSeconds(1)),
                _ ->
                        CompletableFuture.completedFuture(
                                Answers.empty(200).addHeader(Answers.header("x-inner", "yes"))));
    }

    private static String header(HttpResponse answer, String name) {
        return answer.getHeader(name).map(HttpHeader::value).orElse(null);
    }
}
