package org.patchbay.gateway.websocket.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketSettingsTest {

    private static final String SECTION = "ditto.gateway.streaming.websocket.";

    @Test
    void defaults_are_those_of_ditto() {
        assertThat(of("")).isEqualTo(new WebSocketSettings(100, 200, 10_000, 1000, 1 << 20, null));
    }

    @Test
    void throttling_is_read_where_it_is_enabled() {
        WebSocketSettings settings = of(SECTION + "throttling { enabled = true, limit = 8 }");

        assertThat(settings.throttling()).isNotNull();
        assertThat(settings.throttling().taken()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "ditto.gateway.streaming.websocket.subscriber.backpressure-queue-size, 0",
        "ditto.gateway.streaming.websocket.publisher.backpressure-buffer-size, -1",
        "ditto.gateway.streaming.websocket.throttling.interval, 0s",
        "ditto.gateway.streaming.websocket.throttling.limit, 0",
        "ditto.gateway.streaming.websocket.throttling-rejection-factor, 0.5",
        "patchbay.gateway.websocket.message-size-max, 0",
        "patchbay.gateway.websocket.unfiltered-max, 0",
        "patchbay.gateway.websocket.awaiting-max, 0"
    })
    void a_wrong_value_names_its_key(String key, String value) {
        assertThatThrownBy(() -> of(key + " = " + value))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining(key);
    }

    private static WebSocketSettings of(String settings) {
        return WebSocketSettings.of(
                ConfigFactory.parseString(settings).withFallback(ConfigFactory.load()));
    }
}
