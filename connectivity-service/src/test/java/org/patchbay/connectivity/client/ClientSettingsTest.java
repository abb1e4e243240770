package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    @Test
    void an_attempt_gets_twice_the_time_after_one_that_took_too_long_up_to_the_maximum() {
        // Given
        ClientSettings settings =
                settings("{connecting-min-timeout = 50s, connecting-max-timeout = 5m}");

        // Then
        assertThat(settings.connectTimeout(0)).isEqualTo(Duration.ofSeconds(50));
        assertThat(settings.connectTimeout(1)).isEqualTo(Duration.ofSeconds(100));
        assertThat(settings.connectTimeout(2)).isEqualTo(Duration.ofSeconds(200));
        assertThat(settings.connectTimeout(3)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.connectTimeout(1_000)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void the_maximum_is_not_below_the_minimum() {
        assertThatThrownBy(() ->
                        settings(
                                "{connecting-min-timeout = 50s, connecting-max-timeout ="
                                        + " 40s}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connecting-max-timeout");
    }

    @Test
    void somebody_connects() {
        Config none =
                ConfigFactory.parseString("patchbay.connectivity.connecting.at-once-max = 0")
                        .withFallback(ConfigFactory.load());

        assertThatThrownBy(() -> ClientSettings.of(none)).hasMessageContaining("at-once-max");
    }

    private static ClientSettings settings(String client) {
        Config config =
                ConfigFactory.parseString("ditto.connectivity.client = " + client)
                        .withFallback(ConfigFactory.load());
        return ClientSettings.of(config);
    }
}
