package org.patchbay.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedSecretsTest {

    @TempDir private Path folder;

    @Test
    void a_file_gives_its_secret_without_the_last_line_break() throws Exception {
        Files.writeString(folder.resolve("the-password"), "s3cret \n");

        assertThat(config("the-password").getString("password")).isEqualTo("s3cret");
    }

    @Test
    void where_no_file_is_the_setting_counts() {
        assertThat(config("the-password").getString("password")).isEqualTo("as-set");
    }

    @Test
    void an_empty_file_is_a_mistake() throws Exception {
        Files.writeString(folder.resolve("the-password"), "\n");

        assertThatThrownBy(() -> config("the-password"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("secrets.it.name")
                .hasMessageContaining("the-password");
    }

    private Config config(String name) {
        return Node.config(
                ConfigFactory.parseString(
                                """
                                password = "as-set"
                                password = ${?secrets.it.value}
                                """)
                        .withFallback(
                                ConfigFactory.parseMap(
                                        Map.of(
                                                "patchbay.secrets-path",
                                                folder.toString(),
                                                "secrets.it.name",
                                                name))));
    }
}
