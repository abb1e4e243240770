package org.patchbay.connectivity.transport.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.header.Headers;

class UriPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "'', POST:/, /",
        "'', POST:, /",
        "'', POST:path, /path",
        "/, POST:/a, /a",
        "/base/, POST:/a, /base/a",
        "/base, POST:, /base/",
        "/base?x=1, POST:/a?y=2, /base/a?x=1&y=2",
        "?x=1, POST:/a, /a?x=1",
        "'', POST:/a b?c d, /a%20b?c%20d",
        "'', POST:/ä#%zz%20, /%C3%A4%23%25zz%20",
        "'', POST:/a?b?c, /a?b?c",
        "'', post:/things/ns:name, /things/ns:name",
    })
    void goes_before_the_address(String base, String address, String target) {
        assertThat(target(base, address, Map.of())).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "http.path, own:7, /own:7?x=1&y=2",
        "http.path, /own, /own?x=1&y=2",
        "http.query, q=1, /base/a?q=1",
        "http.query, ?q=1, /base/a?q=1",
        "http.query, '', /base/a",
    })
    void gives_way_to_headers(String header, String value, String target) {
        assertThat(target("/base?x=1", "POST:/a?y=2", Map.of(header, value))).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/a/../b", "/a/.", "/%2E%2e/b", "/.%2e"})
    void is_not_left_upwards(String path) {
        assertThatExceptionOfType(Unsendable.class)
                .isThrownBy(() -> target("/base", "POST:/", Map.of("http.path", path)));
        assertThatExceptionOfType(Unsendable.class)
                .isThrownBy(() -> target("/base", "POST:" + path, Map.of()));
    }

    private static String target(String base, String address, Map<String, String> headers) {
        return UriPrefix.of(base).target(MethodAndPath.of(address), Headers.of(headers));
    }
}
