package org.patchbay.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.cluster.store.StoreSettings.Embedded;
import org.patchbay.cluster.store.StoreSettings.Postgresql;

class StoreSettingsTest {

    @Test
    void embedded_is_the_default_and_lives_below_the_data_folder(@TempDir Path data) {
        StoreSettings settings = StoreSettings.of(with("patchbay.data = \"" + data + "\""));

        assertThat(settings)
                .isInstanceOfSatisfying(
                        Embedded.class,
                        embedded ->
                                assertThat(embedded.file()).isEqualTo(data.resolve("patchbay.db")));
    }

    @Test
    void postgresql_is_the_other_choice_and_its_password_is_not_shown() {
        StoreSettings settings =
                StoreSettings.of(
                        with("patchbay.store = postgresql, patchbay.postgresql.password = geheim"));

        assertThat(settings).isInstanceOf(Postgresql.class);
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @Test
    void an_address_that_no_driver_knows_is_told_without_its_password() {
        StoreSettings settings =
                StoreSettings.of(
                        with(
                                "patchbay.store = postgresql, patchbay.postgresql.url ="
                                        + " \"jdbc:postgres://u:geheim@h/db?password=geheim\""));

        assertThatThrownBy(settings::connect)
                .hasMessageContaining("jdbc:postgres://u:***@h/db?password=***")
                .hasMessageNotContaining("geheim");
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb", "oracle", ""})
    void any_other_store_is_refused_with_what_is_allowed(String name) {
        assertThatThrownBy(() -> StoreSettings.of(with("patchbay.store = \"" + name + "\"")))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining("patchbay.store")
                .hasMessageContaining("embedded or postgresql");
    }

    @Test
    void preparing_twice_keeps_what_is_stored(@TempDir Path data) throws Exception {
        StoreSettings settings =
                StoreSettings.of(with("patchbay.data = \"" + data.resolve("new") + "\""));
        settings.prepare();
        try (Connection connection = settings.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO \"snapshot\" VALUES ('a', 1, 1, 1, 'm', x'00', NULL, NULL, NULL)");
        }

        settings.prepare();

        try (Connection connection = settings.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM \"snapshot\"")) {
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    private static Config with(String hocon) {
        return ConfigFactory.parseString(hocon)
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }
}
