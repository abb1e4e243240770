package org.patchbay.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WrongSettingTest {

    private static final Config CONFIG =
            ConfigFactory.parseString(
                            """
                            ditto.gateway.http.hostname = example
                            ditto.a.timeout = soon
                            ditto.b.timeout = 5s
                            ditto.c.size = big
                            ditto.c.password = geheim
                            """,
                            ConfigParseOptions.defaults().setOriginDescription("/etc/my.conf"))
                    .withValue(
                            "ditto.gateway.http.port",
                            ConfigValueFactory.fromAnyRef("abc", "environment variable HTTP_PORT"));

    @Test
    void a_wrong_type_names_key_and_variable_and_what_is_allowed() {
        assertThat(describe(() -> CONFIG.getConfig("ditto.gateway.http").getInt("port")))
                .isEqualTo(
                        "wrong setting: ditto.gateway.http.port = \"abc\""
                                + " (environment variable HTTP_PORT): must be a number");
    }

    @Test
    void of_keys_that_end_alike_the_wrong_one_is_named_with_its_file_and_line() {
        assertThat(describe(() -> CONFIG.getConfig("ditto.a").getDuration("timeout")))
                .isEqualTo(
                        "wrong setting: ditto.a.timeout = \"soon\" (/etc/my.conf:2): must be a"
                                + " duration such as 500ms, 10s, 5m or 1h");
    }

    @Test
    void a_size_says_how_sizes_are_written() {
        assertThat(describe(() -> CONFIG.getBytes("ditto.c.size")))
                .contains("ditto.c.size", "must be a size such as 500k");
    }

    @Test
    void a_secret_is_not_shown() {
        assertThat(describe(() -> CONFIG.getInt("ditto.c.password")))
                .contains("ditto.c.password", "***")
                .doesNotContain("geheim");
    }

    @Test
    void what_a_record_has_worded_itself_is_completed_by_where_the_value_came_from() {
        assertThat(
                        describe(() -> {
                            throw new ConfigException.Generic(
                                    "ditto.gateway.http.port must be 1 or more, not 0");
                        }))
                .isEqualTo(
                        "wrong setting: ditto.gateway.http.port must be 1 or more, not 0"
                                + " (environment variable HTTP_PORT)");
    }

    private static String describe(ThrowingCallable reading) {
        return WrongSetting.describe(catchThrowableOfType(ConfigException.class, reading), CONFIG);
    }
}
