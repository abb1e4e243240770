package org.patchbay.connectivity.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;
import static org.patchbay.connectivity.transport.http.HttpConnections.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.broker.HttpEndpoint.Answer;
import org.patchbay.connectivity.broker.HttpEndpoint.Heard;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.PublishResult;

/** What HTTP push has beside what all links have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpMessagesIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "http");
    private final HttpEndpoint endpoint = HttpEndpoint.started();
    private final List<LinkUnderTest> links = new ArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void leave() {
        links.forEach(LinkUnderTest::close);
        links.clear();
    }

    @AfterAll
    void stopEverything() {
        goOn.countDown();
        system.terminate();
        endpoint.close();
    }

    @Test
    void a_message_is_a_request() {
        LinkUnderTest link = link("/base?key=1", Map.of());

        done(
                link.client()
                        .publish(
                                message(
                                        "PUT:/things/ns:ä b?x=y",
                                        Map.of(
                                                "content-type", "text/plain; charset=UTF-8",
                                                "api-key", "7",
                                                "host", "elsewhere",
                                                "no token", "left out",
                                                "two-lines", "a\r\nInjected: b"),
                                        "23.42 °C")));

        Heard heard = one("/base/things/ns:%C3%A4%20b");
        assertThat(heard.method()).isEqualTo("PUT");
        assertThat(heard.target()).endsWith("?key=1&x=y");
        assertThat(heard.body()).isEqualTo("23.42 °C");
        assertThat(heard.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(heard.header("api-key")).isEqualTo("7");
        assertThat(heard.header("host")).isEqualTo("127.0.0.1:" + endpoint.port());
        assertThat(heard.header("user-agent")).isEqualTo("patchbay");
        assertThat(heard.headers()).doesNotContainKeys("no token", "two-lines", "injected");
    }

    @Test
    void path_and_query_can_come_in_headers() {
        LinkUnderTest link = link("/base", Map.of());

        done(
                link.client()
                        .publish(
                                message(
                                        "GET:/",
                                        Map.of("http.path", "own:7", "http.query", "a=1&b=2"),
                                        "")));

        Heard heard = one("/own:7");
        assertThat(heard.target()).isEqualTo("/own:7?a=1&b=2");
        assertThat(heard.headers()).doesNotContainKeys("http.path", "http.query");
    }

    @Test
    void a_body_of_no_length_has_its_content_type_too() {
        done(
                link("", Map.of())
                        .client()
                        .publish(
                                message(
                                        "POST:/nothing",
                                        Map.of("content-type", "application/json"),
                                        "")));

        assertThat(one("/nothing").body()).isEmpty();
        assertThat(one("/nothing").header("content-type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', false",
        "DELETE, '', false",
        "POST, '', true",
        "PATCH, '', true",
        "DELETE, GET, true",
        "POST, 'GET,POST', false",
        "GET, ' ', true"
    })
    void bodies_are_omitted_for_some_methods(String method, String omitted, boolean sent) {
        Map<String, String> options =
                omitted.isEmpty() ? Map.of() : Map.of("omitRequestBody", omitted);
        String path = "/omit-" + method + "-" + omitted.replace(",", "-").replace(" ", "none");

        done(
                link("", options)
                        .client()
                        .publish(
                                message(
                                        method + ":" + path,
                                        Map.of("content-type", "application/json"),
                                        "{}")));

        assertThat(one(path).body()).isEqualTo(sent ? "{}" : "");
        assertThat(one(path).header("content-type")).isEqualTo(sent ? "application/json" : "");
    }

    @Test
    void a_response_is_the_result() {
        endpoint.answer(
                "/json",
                _ ->
                        new Answer(
                                202,
                                Map.of(
                                        "Content-Type", "application/json",
                                        "X-Own", "7",
                                        "ditto-originator", "spoofed"),
                                "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));

        PublishResult result = publish("/json");

        assertThat(result.status()).isEqualTo(202);
        assertThat(result.value()).hasToString("{\"a\":1}");
        assertThat(result.headers().get("x-own")).isEqualTo("7");
        assertThat(result.headers().get("content-type")).isEqualTo("application/json");
        assertThat(result.headers().has("content-length")).isFalse();
        assertThat(result.headers().has("ditto-originator")).isFalse();
    }

    @Test
    void what_is_no_json_is_text() {
        endpoint.answer("/text", _ -> Answer.of(200, "text/plain", "ä"));
        endpoint.answer("/broken", _ -> Answer.of(200, "application/json", "{"));
        endpoint.answer("/bytes", _ -> new Answer(200, Map.of(), new byte[] {(byte) 0xff, 1}));
        endpoint.answer("/empty", _ -> Answer.of(204));
        endpoint.answer("/long", _ -> Answer.of(200, "text/plain", "x".repeat(300_000)));

        assertThat(publish("/text").value()).hasToString("\"ä\"");
        assertThat(publish("/broken").value()).hasToString("\"{\"");
        assertThat(publish("/bytes").value()).hasToString("\"/wE=\"");
        assertThat(publish("/empty").value()).isNull();
        PublishResult tooLong = publish("/long");
        assertThat(tooLong.status()).isEqualTo(200);
        assertThat(tooLong.value()).asString().contains("longer");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 299, 304, 404, 418, 500, 520, 599})
    void any_status_is_passed_on(int status) {
        endpoint.answer("/status", _ -> Answer.of(status));

        PublishResult result = publish("/status");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.again()).isFalse();
    }

    @Test
    void only_what_does_no_harm_may_be_tried_again() {
        endpoint.answer("/busy", _ -> Answer.of(503));
        LinkUnderTest link = link("", Map.of());

        assertThat(done(link.client().publish(message("PUT:/busy"))).again()).isTrue();
        assertThat(done(link.client().publish(message("POST:/busy"))).again()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/path", "TRACE:/path", "POST:/../up", "POST:/%2e%2E/up"})
    void what_is_no_address_is_told(String address) {
        PublishResult result = done(link("", Map.of()).client().publish(message(address)));

        assertThat(result.status()).isEqualTo(400);
        assertThat(result.value()).isNotNull();
    }

    @Test
    void as_many_as_asked_for_are_under_way_at_once() {
        CountDownLatch three = new CountDownLatch(3);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        endpoint.answer(
                "/parallel",
                _ -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    three.countDown();
                    await(three);
                    now.decrementAndGet();
                    return Answer.of(200);
                });
        LinkUnderTest link = link("", Map.of("parallelism", "3"));
        assertThat(link.client().publishWindow()).isEqualTo(3);
        List<CompletionStage<PublishResult>> results = new ArrayList<>();

        for (int i = 0; i < 12; i++) {
            results.add(link.client().publish(message("POST:/parallel")));
        }

        results.forEach(result -> assertThat(done(result).status()).isEqualTo(200));
        assertThat(most).hasValue(3);
    }

    @Test
    void no_more_wait_than_may() {
        endpoint.answer("/held", _ -> held());
        LinkUnderTest link =
                link("", Map.of(), "ditto.connectivity.connection.http-push.max-queue-size = 1");
        link.client().publish(message("POST:/held"));
        link.client().publish(message("POST:/held"));

        PublishResult third = done(link.client().publish(message("POST:/held")));

        assertThat(third.status()).isEqualTo(503);
        assertThat(third.again()).isTrue();
        assertThat(third.value()).asString().contains("Too many");
    }

    @Test
    void an_answer_that_takes_too_long_is_not_waited_for() {
        endpoint.answer("/slow", _ -> held());
        LinkUnderTest link =
                link(
                        "",
                        Map.of(),
                        "ditto.connectivity.connection.http-push.request-timeout = 300ms");

        PublishResult late = done(link.client().publish(message("PUT:/slow")));

        assertThat(late.status()).isEqualTo(408);
        assertThat(late.again()).isFalse();
        // Again where a busy machine has made it late, too.
        patiently()
                .untilAsserted(() ->
                        assertThat(done(link.client().publish(message("PUT:/next"))).status())
                                .isEqualTo(200));
    }

    @Test
    void nobody_there_is_told_and_may_be_tried_again() {
        try (HttpEndpoint gone = HttpEndpoint.started()) {
            LinkUnderTest link = linkTo(gone.uri(), Map.of(), "");
            done(link.client().publish(message("POST:/here")));
            gone.stop();

            patiently()
                    .untilAsserted(() -> {
                        PublishResult result = done(link.client().publish(message("POST:/gone")));
                        assertThat(result.status()).isEqualTo(503);
                        assertThat(result.again()).isTrue();
                        assertThat(result.value()).asString().contains("can't be reached");
                    });
            gone.start();

            assertThat(done(link.client().publish(message("POST:/back"))).status()).isEqualTo(200);
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void a_server_that_nobody_listens_to_is_no_link() {
        LinkUnderTest link =
                links(
                        LinkUnderTest.of(
                                system,
                                HttpConnections.transport(""),
                                HttpConnections.connection(
                                        "http://127.0.0.1:" + Scratch.freePort(), Map.of())));

        assertThat(done(link.client().publish(message("POST:/x"))).status()).isEqualTo(503);
    }

    private PublishResult publish(String path) {
        return done(link("", Map.of()).client().publish(message("POST:" + path)));
    }

    private LinkUnderTest link(String path, Map<String, String> options) {
        return link(path, options, "");
    }

    private LinkUnderTest link(String path, Map<String, String> options, String settings) {
        return linkTo(endpoint.uri() + path, options, settings);
    }

    private LinkUnderTest linkTo(String uri, Map<String, String> options, String settings) {
        return links(
                LinkUnderTest.connected(
                        system,
                        HttpConnections.transport(settings),
                        HttpConnections.connection(uri, options)));
    }

    private LinkUnderTest links(LinkUnderTest link) {
        links.add(link);
        return link;
    }

    private Heard one(String path) {
        assertThat(endpoint.heard(path)).hasSize(1);
        return endpoint.heard(path).getFirst();
    }

    private Answer held() {
        await(goOn);
        return Answer.of(200);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
