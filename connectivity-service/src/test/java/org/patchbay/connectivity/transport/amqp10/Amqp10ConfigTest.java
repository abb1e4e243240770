package org.patchbay.connectivity.transport.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Amqp10ConfigTest {

    private static final String DITTO = "ditto.connectivity.connection.amqp10.";
    private static final String OWN = "patchbay.connectivity.amqp10.";

    @Test
    void nothing_need_be_set() {
        Amqp10Config config = with("");

        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.sendTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.stoppedAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.prefetch()).isEqualTo(10);
        assertThat(config.unsettledMax()).isEqualTo(128);
        assertThat(config.producersMax()).isEqualTo(10);
        assertThat(config.reattachMin()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.reattachMax()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.algorithms()).containsOnlyKeys("az-sasl");
    }

    @Test
    void whoever_throttles_sources_bounds_by_that_what_is_under_way() {
        String throttling = DITTO + "consumer.throttling ";

        assertThat(with(throttling + "{ enabled = true, limit = 50 }").unsettledMax())
                .isEqualTo(100);
        assertThat(
                        with(throttling
                                        + "{ enabled = true, limit = 50, max-in-flight-factor = 1 }")
                                .unsettledMax())
                .isEqualTo(50);
        assertThat(with(throttling + "{ limit = 50 }").unsettledMax()).isEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({
        DITTO + "global-connect-timeout, 0s",
        DITTO + "global-send-timeout, 0s",
        DITTO + "global-request-timeout, -1s",
        DITTO + "global-prefetch-policy-all-count, -1",
        DITTO + "global-prefetch-policy-all-count, 32768",
        DITTO + "producer-cache-size, 0",
        DITTO + "backoff.timeout.min-timeout, 0s",
        DITTO + "backoff.timeout.max-timeout, 500ms",
        DITTO + "consumer.throttling.max-in-flight-factor, 0.9",
        OWN + "idle-timeout, 0s",
        OWN + "stopped-after, 0s",
        OWN + "unsettled-max, 0"
    })
    void a_value_that_can_not_be_is_told_with_its_key(String key, String value) {
        assertThatThrownBy(() -> with(key + " = " + value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key);
    }

    private static Amqp10Config with(String settings) {
        return Amqp10Config.of(
                ConfigFactory.parseString(settings)
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve());
    }
}
