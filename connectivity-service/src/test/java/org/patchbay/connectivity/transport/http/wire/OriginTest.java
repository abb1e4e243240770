package org.patchbay.connectivity.transport.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "http://h.example/x, http, h.example, 80",
        "HTTPS://H.example/x?y, https, h.example, 443",
        "https://h.example:/x, https, h.example, 443",
        "https://my_host:8443/x, https, my_host, 8443",
        "https://user:p@my_host/x, https, my_host, 443",
        "http://[::1]:8080, http, ::1, 8080",
    })
    void is_of_a_uri(String uri, String scheme, String host, int port) {
        assertThat(Origin.of(URI.create(uri))).isEqualTo(new Origin(scheme, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h/x",
                "/x",
                "http:/x",
                "mailto:a@b",
                "http://:80/x",
                "http://h:x/y",
                "http://h:0",
                "http://h:99999",
                "http://h:4294967376"
            })
    void is_of_no_other(String uri) {
        assertThat(Origin.of(URI.create(uri))).isNull();
    }
}
