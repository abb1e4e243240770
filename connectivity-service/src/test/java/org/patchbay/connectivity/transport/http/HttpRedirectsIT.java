package org.patchbay.connectivity.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.http.HttpConnections.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.broker.HttpEndpoint.Answer;
import org.patchbay.connectivity.broker.HttpEndpoint.Heard;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.PublishResult;

/** Where an answer says that what was asked for is elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpRedirectsIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "http");
    private final HttpEndpoint endpoint = HttpEndpoint.started();
    private final List<LinkUnderTest> links = new ArrayList<>();

    @AfterEach
    void leave() {
        links.forEach(LinkUnderTest::close);
        links.clear();
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        endpoint.close();
    }

    @Test
    void a_redirect_to_the_same_origin_is_the_same_request_elsewhere() {
        endpoint.answer("/old", _ -> Answer.redirect(307, "/new?x=1"));
        LinkUnderTest link = linkTo(endpoint.uri("device", "s3cret@home"));

        PublishResult result =
                done(link.client().publish(message("POST:/old", Map.of("api-key", "7"), "body")));

        assertThat(result.status()).isEqualTo(200);
        Heard heard = one("/new");
        assertThat(heard.method()).isEqualTo("POST");
        assertThat(heard.target()).isEqualTo("/new?x=1");
        assertThat(heard.body()).isEqualTo("body");
        assertThat(heard.header("authorization")).startsWith("Basic ");
        assertThat(heard.header("api-key")).isEqualTo("7");
    }

    @Test
    void a_redirect_to_another_origin_gets_no_secrets() {
        try (HttpEndpoint other = HttpEndpoint.started()) {
            endpoint.answer("/away", _ -> Answer.redirect(308, other.uri() + "/there"));
            LinkUnderTest link = linkTo(endpoint.uri("device", "s3cret@home"));

            done(
                    link.client()
                            .publish(
                                    message(
                                            "PUT:/away",
                                            Map.of("api-key", "7", "content-type", "text/plain"),
                                            "body")));

            Heard heard = other.heard("/there").getFirst();
            assertThat(heard.body()).isEqualTo("body");
            assertThat(heard.header("content-type")).startsWith("text/plain");
            assertThat(heard.headers()).doesNotContainKeys("authorization", "api-key");
        }
    }

    @Test
    void a_redirect_is_held_to_the_policy_for_hosts() {
        endpoint.answer("/metadata", _ -> Answer.redirect(302, "http://localhost:1/latest"));
        LinkUnderTest link =
                links(
                        LinkUnderTest.of(
                                system,
                                HttpConnections.transport(""),
                                HttpConnections.connection(endpoint.uri(), Map.of()),
                                (host, _) -> !host.equals("localhost")));
        done(link.client().connect());

        PublishResult result = done(link.client().publish(message("GET:/metadata")));

        assertThat(result.status()).isEqualTo(503);
        assertThat(result.value()).asString().contains("blocked");
    }

    @Test
    void redirects_are_not_followed_for_ever_and_no_post_becomes_a_get() {
        endpoint.answer("/round", _ -> Answer.redirect(307, "/round"));
        endpoint.answer("/found", _ -> Answer.redirect(302, "/elsewhere"));
        endpoint.answer("/see", _ -> Answer.redirect(303, "/result"));
        LinkUnderTest link = linkTo(endpoint.uri());

        assertThat(done(link.client().publish(message("PUT:/round"))).status()).isEqualTo(307);
        assertThat(done(link.client().publish(message("POST:/found"))).status()).isEqualTo(302);
        assertThat(done(link.client().publish(message("POST:/see", Map.of(), "x"))).status())
                .isEqualTo(200);

        assertThat(endpoint.heard("/round")).hasSize(6);
        assertThat(endpoint.heard("/elsewhere")).isEmpty();
        assertThat(one("/result").method()).isEqualTo("GET");
        assertThat(one("/result").body()).isEmpty();
    }

    @Test
    void what_the_endpoint_took_is_not_sent_again_when_its_outcome_is_not_there() {
        String gone = "http://127.0.0.1:" + Scratch.freePort();
        endpoint.answer("/taken", _ -> Answer.redirect(303, gone + "/outcome?key=hush"));
        LinkUnderTest link = linkTo(endpoint.uri());

        PublishResult post = done(link.client().publish(message("POST:/taken")));
        PublishResult put = done(link.client().publish(message("PUT:/taken")));

        assertThat(post.status()).isEqualTo(503);
        assertThat(post.again()).isFalse();
        assertThat(post.value())
                .asString()
                .contains(endpoint.uri() + " took the message", gone + "/outcome", "can't be")
                .doesNotContain("hush");
        assertThat(put.again()).as("a PUT may come twice").isTrue();
        assertThat(endpoint.heard("/taken"))
                .extracting(Heard::method)
                .containsExactly("POST", "PUT");
    }

    @Test
    void what_was_only_sent_elsewhere_may_be_sent_again_when_nobody_is_there() {
        endpoint.answer(
                "/moved", _ -> Answer.redirect(307, "http://127.0.0.1:" + Scratch.freePort()));

        PublishResult post = done(linkTo(endpoint.uri()).client().publish(message("POST:/moved")));

        assertThat(post.status()).isEqualTo(503);
        assertThat(post.again()).isTrue();
    }

    private LinkUnderTest linkTo(String uri) {
        return links(
                LinkUnderTest.connected(
                        system,
                        HttpConnections.transport(""),
                        HttpConnections.connection(uri, Map.of())));
    }

    private LinkUnderTest links(LinkUnderTest link) {
        links.add(link);
        return link;
    }

    private Heard one(String path) {
        assertThat(endpoint.heard(path)).hasSize(1);
        return endpoint.heard(path).getFirst();
    }
}
