package org.patchbay.protocol.placeholder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

class ObjectFormatTest {

    private static final String OBJECT =
            """
            {"name": "n", "deep": {"er": 7}, "flag": true, "gone": null, "none": [],
             "roles": ["op", "dev"],
             "permissions": [
               {"resource": "things", "actions": ["read", "write"]},
               {"resource": "policies", "actions": ["read"]}]}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain                                                  | plain",
                "{name}                                                 | n",
                "<{name}-{deep/er}-{/deep/er}-{flag}>                   | <n-7-7-true>",
                "{missing}{gone}{none}.                                 | .",
                "{deep}                                                 | {\"er\":7}",
                "{name}:{roles}                                         | n:op n:dev",
                "{roles}{roles}                                         | opop opdev devop devdev",
                "{#permissions}{resource}{/permissions}                 | things policies",
                "{#permissions}{resource}:{#actions}{.}{/actions}{/permissions}/{name} | things:read/n things:write/n policies:read/n",
                "{#deep}{er}{/deep}                                     | 7",
                "{#none}{x}{/none}.                                     | .",
                "{#missing}{x}{/missing}.                               | .",
                "\\{name\\} {name}                                  | {name} n",
                "{name                                                  | {name",
                "name}                                                  | name}",
                "{#open}{name}                                          | n"
            })
    void puts_fields_into_a_text(String format, String expected) {
        assertThat(String.join(" ", ObjectFormat.parse(format).apply(Json.parse(OBJECT))))
                .isEqualTo(expected);
    }

    @Test
    void sections_in_sections_do_not_grow_without_end() {
        String element = "{\"x\": [" + String.join(",", Collections.nCopies(200, "1")) + "]}";
        String object = "{\"y\": [" + String.join(",", Collections.nCopies(200, element)) + "]}";
        ObjectFormat format = ObjectFormat.parse("{#y}{x}{/y}");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> format.apply(Json.parse(object)));
        assertThat(List.copyOf(format.apply(Json.parse("{\"y\": " + "[]}")))).containsExactly("");
    }
}
