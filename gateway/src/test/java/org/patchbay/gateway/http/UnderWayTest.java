package org.patchbay.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.authentication.AuthenticationFixture;

class UnderWayTest {

    private static final HttpRequest REQUEST =
            HttpRequest.GET("http://host/slow").addHeader(Answers.header("correlation-id", "c-1"));

    private final ActorTestKit kit = ActorTestKit.create();
    private final CompletableFuture<HttpResponse> handled = new CompletableFuture<>();
    private final UnderWay requests = new UnderWay(router());

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void a_request_that_waits_when_the_node_stops_is_answered() {
        CompletableFuture<HttpResponse> answer = requests.route(REQUEST).toCompletableFuture();

        requests.stop();

        assertThat(answer.join().status().intValue()).isEqualTo(503);
        assertThat(answer.join().getHeader("correlation-id").map(HttpHeader::value))
                .hasValue("c-1");
    }

    @Test
    void none_waits_after_that() {
        requests.stop();

        assertThat(requests.route(REQUEST).toCompletableFuture().join().status().intValue())
                .isEqualTo(503);
    }

    @Test
    void one_that_has_its_answer_keeps_it() {
        CompletableFuture<HttpResponse> answer = requests.route(REQUEST).toCompletableFuture();
        handled.complete(Answers.empty(204));

        requests.stop();

        assertThat(answer.join().status().intValue()).isEqualTo(204);
    }

    private Router router() {
        Config config = ConfigFactory.load();
        return new Router(
                List.of(Route.at("/slow", Audience.OPEN).get(_ -> handled)),
                AuthenticationFixture.of(config),
                new Bodies(kit.system(), 1000, Duration.ofSeconds(1)));
    }
}
