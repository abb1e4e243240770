package org.patchbay.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final String PORT = "ditto.gateway.http.port";

    @TempDir Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(PORT);
        System.clearProperty("config.file");
    }

    @Test
    void a_system_property_goes_before_the_file_before_the_environment_before_the_default()
            throws IOException {
        String file = file("my.conf", PORT + " = 3").toString();

        assertThat(port(Map.of())).isEqualTo("8080 default");
        assertThat(port(Map.of("HTTP_PORT", "2"))).isEqualTo("2 environment variable HTTP_PORT");
        assertThat(port(Map.of("HTTP_PORT", "2", "PATCHBAY_CONFIG", file)))
                .isEqualTo("3 " + file + ":1");
        System.setProperty(PORT, "4");
        assertThat(port(Map.of("HTTP_PORT", "2", "PATCHBAY_CONFIG", file)))
                .isEqualTo("4 system property");
    }

    @Test
    void a_file_may_leave_the_last_word_to_the_environment() throws IOException {
        String file = file("my.conf", PORT + " = 3\n" + PORT + " = ${?MY_PORT}").toString();

        assertThat(port(Map.of("PATCHBAY_CONFIG", file))).startsWith("3 ");
        assertThat(port(Map.of("PATCHBAY_CONFIG", file, "MY_PORT", "5")))
                .isEqualTo("5 environment variable MY_PORT");
    }

    @Test
    void a_file_may_include_others_beside_it() throws IOException {
        Path included = file("further.conf", "\n" + PORT + " = 6");
        String file = file("my.conf", "include \"further.conf\"").toString();

        assertThat(port(Map.of("PATCHBAY_CONFIG", file))).isEqualTo("6 " + included + ":2");
    }

    @Test
    void the_file_may_be_named_as_a_system_property() throws IOException {
        System.setProperty("config.file", file("my.conf", PORT + " = 7").toString());

        assertThat(port(Map.of())).startsWith("7 ");
    }

    @Test
    void two_files_are_one_too_many() throws IOException {
        String file = file("my.conf", PORT + " = 3").toString();
        System.setProperty("config.file", file);

        assertThat(wrong(Map.of("PATCHBAY_CONFIG", file)))
                .contains("-Dconfig.file", "PATCHBAY_CONFIG", "include");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        String file = folder.resolve("none.conf").toString();

        assertThat(wrong(Map.of("PATCHBAY_CONFIG", file)))
                .contains(file, "No such file")
                .doesNotContain("Exception");
    }

    @Test
    void wrong_syntax_is_told_in_one_line_with_file_and_line() throws IOException {
        String file = file("my.conf", "a {\n  b = 1\n  c = [ 1\n}").toString();

        assertThat(wrong(Map.of("PATCHBAY_CONFIG", file))).contains(file + ":4: ");
    }

    @Test
    void a_substitute_that_there_is_not_is_told_with_file_and_line() throws IOException {
        String file = file("my.conf", "\nditto.x = ${nothing.there}").toString();

        assertThat(wrong(Map.of("PATCHBAY_CONFIG", file))).contains(file + ":2: ", "nothing.there");
    }

    @Test
    void with_a_wrong_value_the_rest_can_be_read() {
        Configuration configuration =
                Configuration.read(Map.of("PATCHBAY_STORE", "oracle", "HTTP_PORT", "2"));

        assertThat(configuration.wrong())
                .singleElement()
                .asString()
                .contains("patchbay.store = \"oracle\"", "environment variable PATCHBAY_STORE");
        assertThat(configuration.all().getString(PORT)).isEqualTo("2");
    }

    @Test
    void all_that_is_wrong_is_told_each_thing_once() {
        Configuration configuration =
                Configuration.read(Map.of())
                        .checkedBy(
                                List.of(
                                        _ -> {
                                            throw new ConfigException.BadValue(PORT, "is odd");
                                        },
                                        _ -> {
                                            throw new IllegalArgumentException("so is this");
                                        },
                                        _ -> {
                                            throw new IllegalArgumentException("so is this");
                                        }));

        assertThat(configuration.wrong())
                .containsExactly(
                        "wrong setting: ditto.gateway.http.port = 8080 (default): is odd",
                        "wrong setting: so is this");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String port(Map<String, String> environment) {
        Configuration configuration = Configuration.read(environment);
        assertThat(configuration.wrong()).isEmpty();
        return configuration.all().getString(PORT)
                + " "
                + Origin.of(configuration.all().getValue(PORT));
    }

    private static String wrong(Map<String, String> environment) {
        List<String> wrong = Configuration.read(environment).wrong();
        assertThat(wrong).singleElement().asString().doesNotContain("\n");
        return wrong.getFirst();
    }
}
