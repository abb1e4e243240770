package org.patchbay.connectivity.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;
import static org.patchbay.connectivity.transport.http.HttpConnections.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.FickleServer;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.broker.HttpEndpoint.Heard;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.PublishResult;

/** How long a connection is kept, and what becomes of a request that it fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpKeptConnectionIT {

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
    void one_after_the_other_goes_over_one_connection() {
        LinkUnderTest link = linkTo(system, endpoint.uri(), "");
        List<CompletionStage<PublishResult>> results = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            results.add(link.client().publish(message("POST:/kept", Map.of(), "" + i)));
        }
        results.forEach(LinkUnderTest::done);

        List<Heard> heard = endpoint.heard("/kept");
        assertThat(heard.stream().map(Heard::clientPort).distinct()).hasSize(1);
        assertThat(heard)
                .extracting(Heard::body)
                .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "" + i).toList());
    }

    @Test
    void what_a_kept_connection_loses_is_sent_again_if_that_does_no_harm() {
        try (FickleServer fickle = FickleServer.started()) {
            LinkUnderTest link = linkTo(system, fickle.uri(), "");
            done(link.client().publish(message("PUT:/a")));

            PublishResult put = done(link.client().publish(message("PUT:/a")));
            PublishResult post = done(link.client().publish(message("POST:/a")));

            assertThat(put.status()).isEqualTo(200);
            assertThat(post.status()).isEqualTo(503);
            assertThat(post.again()).isFalse();
            assertThat(fickle.requests()).isEqualTo(4);
        }
    }

    @Test
    void a_connection_that_nothing_is_sent_over_is_closed() {
        LinkUnderTest link = linkTo(system, endpoint.uri(), idleTimeout(Duration.ofMillis(1)));

        // The next request comes after the scheduler has had time for a few ticks.
        patiently()
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    done(link.client().publish(message("POST:/idle")));
                    assertThat(endpoint.heard("/idle").stream().map(Heard::clientPort).distinct())
                            .hasSizeGreaterThan(1);
                });
    }

    private static String idleTimeout(Duration timeout) {
        return "patchbay.connectivity.http-push.idle-timeout = " + timeout.toMillis() + "ms";
    }

    private LinkUnderTest linkTo(ActorSystem<?> over, String uri, String settings) {
        LinkUnderTest link =
                LinkUnderTest.connected(
                        over,
                        HttpConnections.transport(settings),
                        HttpConnections.connection(uri, Map.of()));
        links.add(link);
        return link;
    }
}
