package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.node.Node;
import org.patchbay.cluster.store.StoreSettings;
import org.patchbay.gateway.GatewayConfig;

class BannerTest {

    private static final InetSocketAddress ANY = new InetSocketAddress("0.0.0.0", 8080);

    @Test
    void says_where_it_is_and_what_to_try() {
        assertThat(Banner.of(settings(""), ANY))
                .contains("http://localhost:8080")
                .contains("/somewhere/data")
                .contains("embedded")
                .contains("curl -u devops:foobar http://localhost:8080/api/2/connections");
    }

    @Test
    void warns_of_default_passwords() {
        assertThat(Banner.of(settings(""), ANY))
                .contains("DEFAULT")
                .contains("DEVOPS_PASSWORD")
                .contains("PATCHBAY_USERS");
    }

    @Test
    void shows_no_password_that_was_set() {
        String banner =
                Banner.of(
                        settings(
                                "ditto.gateway.authentication.devops.password = geheim\n"
                                        + "patchbay.gateway.users = \"a:topsecret\""),
                        ANY);

        assertThat(banner)
                .contains("as configured")
                .doesNotContain("geheim")
                .doesNotContain("topsecret")
                .doesNotContain("DEFAULT");
    }

    @Test
    void writes_addresses_as_a_browser_takes_them() {
        assertThat(Banner.url(new InetSocketAddress("127.0.0.1", 1)))
                .isEqualTo("http://127.0.0.1:1");
        assertThat(Banner.url(new InetSocketAddress("::", 2))).isEqualTo("http://localhost:2");
        assertThat(Banner.url(new InetSocketAddress("::1", 3)))
                .isEqualTo("http://[0:0:0:0:0:0:0:1]:3");
    }

    private static Settings settings(String hocon) {
        var config = Node.config(ConfigFactory.parseString(hocon));
        return new Settings(
                config,
                Path.of("/somewhere/data"),
                GatewayConfig.of(config),
                StoreSettings.of(config),
                true);
    }
}
