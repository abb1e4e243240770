package org.patchbay.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.JsonPointer;

class RouteTest {

    @ParameterizedTest
    @CsvSource({
        "/api/2/things/{id},               /api/2/things/a:b,           a:b",
        "/api/2/things/{id},               /api/2/things/a:b/,          a:b",
        "/api/2/things/{id},               /api/2/things/a:%CE%A9,      a:Ω",
        "/api/2/things/{id},               /api/2/things/a:x%2Fy,       a:x/y",
        "/api/2/things/{id}/attributes/**, /api/2/things/a:b/attributes, a:b",
        "/api/2/things/{id}/attributes/**, /api/2/things/a:b/attributes/x/y, a:b"
    })
    void finds_what_its_pattern_describes(String pattern, String path, String id) {
        assertThat(match(pattern, path)).isEqualTo(Map.of("id", id));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/2/things/{id},               /api/2/things",
        "/api/2/things/{id},               /api/2/things/",
        "/api/2/things/{id},               /api/2/things/a/b",
        "/api/2/things/{id},               /api/3/things/a",
        "/api/2/things/{id}/attributes/**, /api/2/things/a/features"
    })
    void and_nothing_else(String pattern, String path) {
        assertThat(match(pattern, path)).isNull();
    }

    @Test
    void a_path_is_a_pointer_whose_last_slash_does_not_count() {
        assertThat(Exchange.pointer(List.of("attributes", "a b", "c")))
                .isEqualTo(JsonPointer.of("attributes", "a b", "c"));
        assertThat(Exchange.pointer(List.of("attributes", "")))
                .isEqualTo(JsonPointer.of("attributes"));
        assertThat(Exchange.pointer(List.of())).isEqualTo(JsonPointer.ROOT);
    }

    @Test
    void two_slashes_in_a_row_are_no_pointer() {
        assertThatThrownBy(() -> Exchange.pointer(List.of("attributes", "", "x")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("json.pointer.invalid"));
    }

    private static Map<String, String> match(String pattern, String path) {
        List<String> segments = Exchanges.of(HttpRequest.GET("http://host" + path)).segments();
        return Route.at(pattern, Audience.OPEN).match(segments).orElse(null);
    }
}
