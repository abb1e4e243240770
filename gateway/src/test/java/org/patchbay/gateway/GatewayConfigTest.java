package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {

    @Test
    void the_defaults_are_valid() {
        GatewayConfig config = GatewayConfig.of(ConfigFactory.load());

        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.http().bindHost()).isEqualTo("0.0.0.0");
        assertThat(config.http().bodyMaxBytes()).isEqualTo(1 << 20);
        assertThat(config.commands().standard()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "ditto.gateway.http.port,                             65536",
        "ditto.gateway.http.port,                             -1",
        "ditto.gateway.http.port,                             http",
        "ditto.gateway.http.max-connection-size,              0",
        "ditto.gateway.http.request-timeout,                  0s",
        "ditto.gateway.command.max-timeout,                   -1s",
        "ditto.gateway.command.default-timeout,               2m",
        "ditto.gateway.authentication.devops.password,        ''",
        "patchbay.gateway.users,                              just-a-name",
        "patchbay.gateway.list-parallelism,                   0"
    })
    void a_wrong_value_names_its_key(String key, String value) {
        assertThatThrownBy(() ->
                        GatewayConfig.of(
                                ConfigFactory.parseMap(java.util.Map.of(key, value))
                                        .withFallback(ConfigFactory.load())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key.substring(key.lastIndexOf('.') + 1));
    }
}
