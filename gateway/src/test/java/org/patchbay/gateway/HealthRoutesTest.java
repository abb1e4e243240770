package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.health.Health.Part;
import org.patchbay.cluster.health.Health.Status;
import org.patchbay.gateway.http.ExchangeFixture;

class HealthRoutesTest {

    private static final Map<String, Part> WELL = Map.of("store", new Part(Status.UP, ""));
    private static final Map<String, Part> ILL = Map.of("store", new Part(Status.DOWN, "full"));

    private final List<CompletableFuture<Map<String, Part>>> checks = new ArrayList<>();

    @Test
    void who_asks_while_a_check_runs_waits_for_the_same_one() {
        HealthRoutes routes = routes(Duration.ofHours(1));
        CompletionStage<HttpResponse> first = ask(routes);
        CompletionStage<HttpResponse> second = ask(routes);

        checks.getFirst().complete(WELL);

        assertThat(checks).hasSize(1);
        assertThat(status(first)).isEqualTo(200);
        assertThat(status(second)).isEqualTo(200);
    }

    @Test
    void what_was_found_well_is_not_looked_at_again_for_a_while() {
        HealthRoutes routes = routes(Duration.ofHours(1));
        ask(routes);
        checks.getFirst().complete(WELL);

        assertThat(status(ask(routes))).isEqualTo(200);
        assertThat(checks).hasSize(1);
    }

    @Test
    void what_is_not_well_is_looked_at_anew() {
        HealthRoutes routes = routes(Duration.ofHours(1));
        CompletionStage<HttpResponse> ill = ask(routes);
        checks.getFirst().complete(ILL);
        CompletionStage<HttpResponse> recovered = ask(routes);
        checks.getLast().complete(WELL);

        assertThat(status(ill)).isEqualTo(503);
        assertThat(status(recovered)).isEqualTo(200);
    }

    @Test
    void without_a_lifetime_every_question_is_a_check() {
        HealthRoutes routes = routes(Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            ask(routes);
            checks.getLast().complete(WELL);
        }

        assertThat(checks).hasSize(3);
    }

    private HealthRoutes routes(Duration lifetime) {
        return new HealthRoutes(
                () -> {
                    CompletableFuture<Map<String, Part>> check = new CompletableFuture<>();
                    checks.add(check);
                    return check;
                },
                lifetime,
                false);
    }

    private static CompletionStage<HttpResponse> ask(HealthRoutes routes) {
        return routes.routes()
                .getFirst()
                .methods()
                .get("GET")
                .handle(ExchangeFixture.of(HttpRequest.GET("http://host/health")));
    }

    private static int status(CompletionStage<HttpResponse> answer) {
        return answer.toCompletableFuture().join().status().intValue();
    }
}
