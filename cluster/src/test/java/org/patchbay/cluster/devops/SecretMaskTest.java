package org.patchbay.cluster.devops;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

    private final SecretMask mask =
            SecretMask.of(ConfigFactory.empty(), Map.of("_", "/usr/bin/env"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEVOPS_PASSWORD",
                "PATCHBAY_USERS",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN",
                "CONNECTIVITY_CONNECTION_ENCRYPTION_KEY",
                "DB_PASSWORD_OLD",
                "DB_PASS",
                "NPM_AUTH",
                "MONGO_DB_AUTHENTICATION",
                "googleCredentials",
            })
    void a_variable_that_is_named_like_a_secret_is_not_shown(String name) {
        assertThat(mask.variable(name, "anything")).isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource({
        "PATH, /usr/bin:/bin",
        "HTTP_PORT, 8080",
        "_, /usr/bin/env",
        "HOSTNAME, patchbay-0",
        "DEVOPS_PASSWORD, ''",
        "DITTO_DEVOPS_FEATURE_JSON_KEY_VALIDATION_ENABLED, true",
    })
    void other_variables_are_shown(String name, String value) {
        assertThat(mask.variable(name, value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mongodb://ditto:pa:ss@db/ditto | mongodb://ditto:***@db/ditto",
                "-Dditto.gateway.authentication.devops.password=pw | -Dditto.gateway.authentication.devops.password=***",
                "-Djavax.net.ssl.trustStorePassword=\"p w\" | -Djavax.net.ssl.trustStorePassword=***",
                "Authorization: Bearer abc.def.ghi | Authorization: Bearer ***",
                "a eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln z | a *** z",
                "-----BEGIN PRIVATE KEY-----MIIE | ***",
                "-Xmx512m | -Xmx512m",
                "https://example.org:8080/@alice | https://example.org:8080/@alice",
            })
    void a_text_is_shown_without_what_is_secret_in_it(String text, String shown) {
        assertThat(mask.text(text)).isEqualTo(shown);
    }

    @Test
    void what_is_a_secret_somewhere_is_masked_everywhere() {
        Config config =
                ConfigFactory.parseString(
                        "a.password = correct-horse, b.command = \"start correct-horse battery-staple\"");

        SecretMask learnt = SecretMask.of(config, Map.of("MY_TOKEN", "battery-staple"));

        assertThat(learnt.json("", config.root()))
                .hasToString(
                        "{\"a\":{\"password\":\"***\"},\"b\":{\"command\":\"start *** ***\"}}");
    }

    @Test
    void a_part_of_the_configuration_keeps_its_types() {
        Config config = ConfigFactory.parseString("a { n = 7, f = 0.5, on = true, list = [x, 1] }");

        assertThat(mask.json("a", config.getValue("a")))
                .hasToString("{\"f\":0.5,\"list\":[\"x\",1],\"n\":7,\"on\":true}");
        assertThat(mask.json("a.n", config.getValue("a.n"))).hasToString("7");
    }
}
