package org.patchbay.gateway.authentication.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final String TRUSTED = "10.0.0.0/8, 2001:db8::/32, 192.0.2.9";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // peer      | X-Forwarded-For                        | client
                "203.0.113.5 | -                                      | 203.0.113.5",
                "203.0.113.5 | 198.51.100.1                           | 203.0.113.5",
                "10.1.2.3    | -                                      | 10.1.2.3",
                "10.1.2.3    | 198.51.100.1                           | 198.51.100.1",
                "192.0.2.9   | 198.51.100.1                           | 198.51.100.1",
                "192.0.2.10  | 198.51.100.1                           | 192.0.2.10",
                "10.1.2.3    | 1.1.1.1, 198.51.100.1                  | 198.51.100.1",
                "10.1.2.3    | 1.1.1.1, 198.51.100.1, 10.9.9.9        | 198.51.100.1",
                "10.1.2.3    | 10.8.8.8, 10.9.9.9                     | 10.8.8.8",
                "10.1.2.3    | 198.51.100.1:51234                     | 198.51.100.1",
                "10.1.2.3    | [2001:dead::1]:443                     | 2001:dead:0:0:0:0:0:1",
                "10.1.2.3    | 2001:dead::1                           | 2001:dead:0:0:0:0:0:1",
                "2001:db8::7 | 198.51.100.1                           | 198.51.100.1",
                "10.1.2.3    | unknown                                | 10.1.2.3",
                "10.1.2.3    | 198.51.100.1, localhost, 10.9.9.9      | 10.9.9.9",
                "10.1.2.3    | ''                                     | 10.1.2.3",
                "10.1.2.3    | ',,'                                   | 10.1.2.3",
                "10.1.2.3    | [                                      | 10.1.2.3"
            })
    void the_client_is_who_a_trusted_proxy_says(String peer, String forwarded, String client) {
        TrustedProxies proxies = proxies(TRUSTED);

        assertThat(proxies.client(InetAddress.ofLiteral(peer), forwarded).getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "all"})
    void what_is_no_address_is_refused(String text) {
        assertThatThrownBy(() -> proxies(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("PATCHBAY_TRUSTED_PROXIES")
                .hasMessageContaining(text);
    }

    private static TrustedProxies proxies(String text) {
        return TrustedProxies.of(
                ConfigFactory.parseMap(Map.of("patchbay.gateway.trusted-proxies", text)));
    }
}
