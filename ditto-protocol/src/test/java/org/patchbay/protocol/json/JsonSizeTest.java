package org.patchbay.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSizeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "9",
                "10",
                "-1",
                "-10",
                "2147483647",
                "-2147483648",
                "9223372036854775807",
                "-9223372036854775808",
                "123456789012345678901234567890",
                "1.5",
                "true",
                "null",
                "\"text\"",
                "\"\""
            })
    void a_single_value_is_as_long_as_its_text(String text) {
        JsonNode value = Json.parse(text);

        assertThat(JsonSize.of(value)).isEqualTo(text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,22,333]", "{\"a\":1,\"b\":[true,{\"c\":\"d\"}]}"})
    void a_list_or_an_object_is_about_as_long_as_its_text(String text) {
        JsonNode value = Json.parse(text);

        assertThat(JsonSize.of(value)).isBetween(text.length(), text.length() + 3);
    }

    @Test
    void nothing_has_no_length() {
        assertThat(JsonSize.of(null)).isZero();
    }
}
