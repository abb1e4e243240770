package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "PATCHBAY_HTTP_PORT",
                    "abc",
                    "PATCHBAY_STORE",
                    "oracle",
                    "HOME",
                    "/root",
                    "_",
                    "abc");

    @Test
    void a_wrong_type_names_the_variable_it_came_from() {
        Config config = ConfigFactory.parseString("ditto.gateway.http.port = abc");

        String line = describe(config, () -> config.getConfig("ditto.gateway.http").getInt("port"));

        assertThat(line).contains("port").contains("NUMBER").endsWith("(PATCHBAY_HTTP_PORT=abc)");
    }

    @Test
    void a_wrong_value_names_the_variable_it_came_from() {
        Config config = ConfigFactory.parseString("patchbay.store = oracle");

        String line =
                describe(
                        config,
                        () -> {
                            throw new ConfigException.BadValue(
                                    "patchbay.store", "must be another one");
                        });

        assertThat(line).contains("patchbay.store").endsWith("(PATCHBAY_STORE=oracle)");
    }

    @Test
    void a_value_that_came_from_elsewhere_names_no_variable() {
        Config config = ConfigFactory.parseString("patchbay.store = access");

        String line =
                describe(
                        config,
                        () -> {
                            throw new ConfigException.BadValue(
                                    "patchbay.store", "must be another one");
                        });

        assertThat(line)
                .isEqualTo("wrong setting: Invalid value at 'patchbay.store': must be another one");
    }

    private static String describe(
            Config config, org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        ConfigException wrong = catchThrowableOfType(ConfigException.class, reading);
        return Settings.describe(wrong, config, ENVIRONMENT);
    }
}
