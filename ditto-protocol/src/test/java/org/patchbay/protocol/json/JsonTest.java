package org.patchbay.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

class JsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": \"ä ☃ 😀\"}", "\ufeff{\"a\": \"ä ☃ 😀\"}"})
    void reads_utf_8_with_and_without_a_byte_order_mark(String text) {
        assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8)).path("a").textValue())
                .isEqualTo("ä ☃ 😀");
    }

    @ParameterizedTest
    @CsvSource({"22ff22", "22c08022", "22eda08022", "228022", "22f02822", "22f888808080 22"})
    void refuses_what_is_no_utf_8(String hex) {
        assertThat(problem(HexFormat.of().parseHex(hex.replace(" ", ""))).message())
                .contains("not UTF-8");
    }

    @Test
    void says_where_the_error_is() {
        assertThat(problem("{\n  \"a\": x}".getBytes(StandardCharsets.UTF_8)).message())
                .contains("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refuses_what_is_nested_thousands_deep(String opening) {
        Problem problem = problem(opening.repeat(5_000).getBytes(StandardCharsets.UTF_8));

        assertThat(problem.code()).isEqualTo("json.invalid");
        assertThat(problem.message()).contains("nest");
    }

    private static Problem problem(byte[] bytes) {
        ProblemException[] thrown = new ProblemException[1];
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Json.parse(bytes))
                .satisfies(e -> thrown[0] = e);
        return thrown[0].problem();
    }
}
