package org.patchbay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ditto.gateway.authentication.devops.password",
                "ditto.gateway.authentication.devops.statusPassword",
                "ditto.gateway.authentication.http.proxy.password",
                "ditto.connectivity.connection.encryption.symmetrical-key",
                "ditto.connectivity.connection.encryption.old-symmetrical-key",
                "ditto.connectivity.hono.password",
                "ditto.mongodb.options.sslClientKeyPassword",
                "ditto.mongodb.authentication",
                "patchbay.gateway.users",
                "patchbay.postgresql.password",
                "pekko.remote.artery.ssl.config-ssl-engine.key-store-password",
                "secrets.devops_password.value",
                "oauth.client-secret",
                "a.\"client_secret\"",
                "credentials.parameters.sharedKey",
            })
    void what_opens_something_is_a_secret(String key) {
        assertThat(SecretKeys.isSecret(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ditto.gateway.http.port",
                "patchbay.gateway.verified-password-lifetime",
                "ditto.gateway.authentication.oauth.token-integration-subject",
                "ditto.devops.feature.json-key-validation-enabled",
                "ditto.connectivity.hono.username",
                "ditto.connectivity.connection.encryption.json-pointers",
                "secrets.devops_password.name",
            })
    void what_only_sounds_like_one_is_none(String key) {
        assertThat(SecretKeys.isSecret(key)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "mongodb://ditto:s3c:r@t@db:27017/x, mongodb://ditto:***@db:27017/x",
        "jdbc:postgresql://db/x?user=a&password=b&ssl=true,"
                + " jdbc:postgresql://db/x?user=a&password=***&ssl=true",
        "https://auth.example.com/a?x=1, https://auth.example.com/a?x=1",
        "mqtt://host:1883, mqtt://host:1883",
    })
    void an_address_is_shown_without_its_password(String address, String shown) {
        assertThat(SecretKeys.shown("a.url", address)).isEqualTo(shown);
    }

    @Test
    void a_secret_that_is_empty_is_shown_as_such() {
        assertThat(SecretKeys.shown("a.password", "")).isEmpty();
    }

    @Test
    void a_whole_tree_is_masked_and_keeps_the_rest() {
        Config config =
                ConfigFactory.parseString(
                        """
                        a.password = hidden
                        a.number = 7
                        "b/c".passwords-are = [ shown ]
                        list = [ { secret = hidden, name = n }, "https://u:hidden@host" ]
                        tokens.token = [ hidden, hidden ]
                        pin.password = 1234567
                        patchbay.gateway.users = "ditto:hidden"
                        """);

        Config masked = SecretKeys.masked(config);

        String shown = masked.root().render(ConfigRenderOptions.concise());
        assertThat(shown).doesNotContain("hidden").doesNotContain("1234567");
        assertThat(masked)
                .isEqualTo(
                        ConfigFactory.parseString(
                                """
                                a.password = "***"
                                a.number = 7
                                "b/c".passwords-are = [ shown ]
                                list = [ { secret = "***", name = n }, "https://u:***@host" ]
                                tokens.token = [ "***" ]
                                pin.password = "***"
                                patchbay.gateway.users = "***"
                                """));
    }
}
