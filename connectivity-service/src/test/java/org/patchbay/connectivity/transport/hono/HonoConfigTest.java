package org.patchbay.connectivity.transport.hono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.hono.HonoSettings;

class HonoConfigTest {

    @Test
    void without_configuration_hono_is_on_this_machine() {
        assertThat(read(""))
                .isEqualTo(
                        new HonoSettings(
                                ConnectionUri.parse("tcp://localhost:9092"),
                                "honoUsername",
                                new Secret("honoPassword"),
                                "plain",
                                "localhost:9092",
                                false,
                                null));
    }

    @Test
    void an_empty_user_name_is_none() {
        assertThat(read("username = \"\"").username()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "base-uri = nowhere, base-uri",
        "sasl-mechanism = digest, sasl-mechanism",
        "bootstrap-servers = \" \", bootstrap-servers",
        "ca = garbage, ca",
        "validate-certificates = perhaps, validate-certificates"
    })
    void a_wrong_setting_names_its_key(String setting, String key) {
        assertThatThrownBy(() -> read(setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ditto.connectivity.hono")
                .hasMessageContaining(key);
    }

    private static HonoSettings read(String settings) {
        return HonoConfig.of(
                ConfigFactory.parseString("ditto.connectivity.hono { " + settings + " }")
                        .withFallback(ConfigFactory.parseResources("reference.conf"))
                        .resolve());
    }
}
