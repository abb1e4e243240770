package org.patchbay.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.node.Node;

class ListingTest {

    private static final Config FILE =
            ConfigFactory.parseString(
                    """
                    pekko.loglevel = DEBUG
                    patchbay.postgresql.url = "jdbc:postgresql://db/x?password=geheim"
                    """,
                    ConfigParseOptions.defaults().setOriginDescription("/etc/my.conf"));

    private final Listing listing =
            new Listing(
                    Node.config(FILE, Map.of("HTTP_PORT", "2", "DEVOPS_PASSWORD", "geheim")),
                    KnownVariables.load());

    @Test
    void each_setting_says_where_it_came_from() {
        assertThat(listing.ours())
                .anyMatch(line ->
                        line.matches(
                                "ditto.gateway.http.port = \"2\" +# environment variable HTTP_PORT"))
                .anyMatch(line -> line.matches("patchbay.store = \"embedded\" +# default"))
                .anyMatch(line -> line.matches("pekko.loglevel = \"DEBUG\" +# /etc/my.conf:1"))
                .anyMatch(line ->
                        line.matches(
                                "pekko.cluster.roles = \\[.*] +# worked out from patchbay.roles"));
    }

    @Test
    void no_secret_is_shown_whatever_is_asked_for() {
        assertThat(String.join("\n", listing.everything()))
                .contains("ditto.gateway.authentication.devops.password = \"***\"")
                .contains("jdbc:postgresql://db/x?password=***")
                .doesNotContain("geheim");
        assertThat(listing.of("DEVOPS_PASSWORD")).singleElement().asString().contains("***");
    }

    @Test
    void what_libraries_come_with_is_shown_only_with_everything() {
        String key = "pekko.http.server.backlog";

        assertThat(listing.ours()).noneMatch(line -> line.startsWith(key));
        assertThat(listing.everything()).anyMatch(line -> line.startsWith(key));
    }

    @Test
    void what_is_listed_is_itself_a_file_of_settings() {
        Config read = ConfigFactory.parseString(String.join("\n", listing.ours())).resolve();

        assertThat(read.getInt("ditto.gateway.http.port")).isEqualTo(2);
        assertThat(read.getDuration("ditto.gateway.http.request-timeout")).hasSeconds(60);
    }

    @Test
    void a_setting_a_section_and_a_variable_can_be_asked_for() {
        assertThat(listing.of("ditto.gateway.http.port")).hasSize(1);
        assertThat(listing.of("ditto.gateway.http"))
                .hasSizeGreaterThan(3)
                .allMatch(line -> line.startsWith("ditto.gateway.http."));
        assertThat(listing.of("HTTP_PORT")).isEqualTo(listing.of("ditto.gateway.http.port"));
        assertThat(listing.of("MONGO_DB_URI"))
                .singleElement()
                .asString()
                .startsWith("# MONGO_DB_URI is without effect yet");
        assertThat(listing.of("nobody.knows")).isEmpty();
    }

    @Test
    void a_slip_of_the_pen_is_noticed() {
        assertThat(listing.nearest("ditto.gateway.http.prot")).contains("ditto.gateway.http.port");
        assertThat(listing.nearest("HTTP_PROT")).contains("HTTP_PORT");
        assertThat(listing.nearest("nobody.knows")).isEmpty();
    }
}
