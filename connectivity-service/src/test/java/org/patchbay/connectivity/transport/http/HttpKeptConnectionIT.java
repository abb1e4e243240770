package org.patchbay.connectivity.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;
import static org.patchbay.connectivity.transport.http.HttpConnections.message;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** What the streams and the timers of connections run on. */
    private static final String ONE_THREAD =
            """
            pekko.actor.default-dispatcher {
              executor = thread-pool-executor
              thread-pool-executor.fixed-pool-size = 1
            }
            """;

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

    @Test
    void a_connection_that_was_only_opened_is_closed_too() {
        try (FickleServer server = FickleServer.started()) {
            LinkUnderTest link = linkTo(system, server.uri(), idleTimeout(Duration.ofMillis(100)));

            patiently().until(() -> server.unused() == 1);
            PublishResult result = done(link.client().publish(message("POST:/first")));

            assertThat(result.status()).isEqualTo(200);
            assertThat(server.requests()).isOne();
        }
    }

    /** With the only thread held up, the connection's time is over and it is not closed yet. */
    @Test
    void a_request_that_comes_when_its_connection_is_about_to_be_closed_goes_over_another() {
        Duration idle = Duration.ofMillis(300);
        ActorSystem<?> narrow =
                ActorSystem.create(
                        Behaviors.empty(),
                        "narrow",
                        ConfigFactory.parseString(ONE_THREAD).withFallback(ConfigFactory.load()));
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try {
            LinkUnderTest link = linkTo(narrow, endpoint.uri(), idleTimeout(idle));
            done(link.client().publish(message("POST:/about")));
            narrow.executionContext().execute(() -> await(goOn));
            narrow.scheduler()
                    .scheduleOnce(idle.plusMillis(100), over::countDown, system.executionContext());
            await(over);

            CompletionStage<PublishResult> second = link.client().publish(message("POST:/about"));
            goOn.countDown();

            assertThat(done(second).status()).isEqualTo(200);
            assertThat(endpoint.heard("/about").stream().map(Heard::clientPort))
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        } finally {
            goOn.countDown();
            narrow.terminate();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
