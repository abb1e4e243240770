package org.patchbay.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.protocol.ProblemException;

class WaitingTest {

    private static final GatewayConfig.Timeout BOUNDS =
            new GatewayConfig.Timeout(Duration.ofSeconds(10), Duration.ofSeconds(60));

    @ParameterizedTest
    @CsvSource({
        "'',                                  PT10S, true",
        "?timeout=5,                          PT5S,  true",
        "?timeout=5s,                         PT5S,  true",
        "?timeout=500ms,                      PT0.5S, true",
        "?timeout=1m,                         PT60S, true",
        "?timeout=0,                          PT10S, false",
        "?timeout=0&response-required=false,  PT10S, false",
        "?response-required=false,            PT10S, false",
        "?response-required=true&timeout=2,   PT2S,  true"
    })
    void reads_how_long_and_whether_an_answer_is_waited_for(
            String query, Duration timeout, boolean answered) {
        assertThat(Waiting.of(exchange(query), BOUNDS)).isEqualTo(new Waiting(timeout, answered));
    }

    @ParameterizedTest
    @CsvSource({
        "?timeout=-1,                       timeout.invalid",
        "?timeout=banana,                   timeout.invalid",
        "?timeout=,                         timeout.invalid",
        "?timeout=2m,                       gateway:timeout.invalid",
        "?timeout=999999999m,               gateway:timeout.invalid",
        "?timeout=0&response-required=true, header.invalid",
        "?response-required=maybe,          header.invalid"
    })
    void refuses_what_can_not_be_waited_for(String query, String code) {
        assertThatThrownBy(() -> Waiting.of(exchange(query), BOUNDS))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    @Test
    void a_header_does_as_well() {
        HttpRequest request =
                HttpRequest.GET("http://host/x").addHeader(Answers.header("timeout", "3s"));

        assertThat(Waiting.of(Exchanges.of(request), BOUNDS).timeout())
                .isEqualTo(Duration.ofSeconds(3));
    }

    private static Exchange exchange(String query) {
        return Exchanges.of(HttpRequest.GET("http://host/x" + query));
    }
}
