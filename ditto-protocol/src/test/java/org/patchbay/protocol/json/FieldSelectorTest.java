package org.patchbay.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.ProblemException;

class FieldSelectorTest {

    private static final JsonNode DOCUMENT =
            Json.parse(
                    """
                    {"id": "a", "attributes": {"x": 1, "y": {"z": 2}, "e": {}},
                     "features": {"f1": {"properties": {"on": true}}, "f2": {"definition": ["d"]}},
                     "sources": [{"addresses": ["s"], "qos": 1}]}\
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id | {\"id\":\"a\"}",
                "attributes/y/z,id | {\"id\":\"a\",\"attributes\":{\"y\":{\"z\":2}}}",
                "attributes(x,y/z) | {\"attributes\":{\"x\":1,\"y\":{\"z\":2}}}",
                "attributes(y(z),e) | {\"attributes\":{\"y\":{\"z\":2},\"e\":{}}}",
                "features/*/properties/on | {\"features\":{\"f1\":{\"properties\":{\"on\":true}}}}",
                "sources/addresses | {\"sources\":[{\"addresses\":[\"s\"]}]}",
                "id,,unknown | {\"id\":\"a\"}",
                "attributes,attributes/x | {\"attributes\":{\"x\":1,\"y\":{\"z\":2},\"e\":{}}}",
                "nothing | {}",
            })
    void selects_what_is_named_in_the_documents_order(String selector, String expected) {
        assertThat(FieldSelector.parse(selector).select(DOCUMENT)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attributes(", "attributes(x", "attributes(x))", "(x)", "a(b)c", "a)"})
    void refuses_unbalanced_parentheses(String selector) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FieldSelector.parse(selector))
                .satisfies(e ->
                        assertThat(e.problem().code()).isEqualTo("json.fieldselector.invalid"));
    }

    @Test
    void joins_two_selections() {
        FieldSelector both = FieldSelector.parse("a,b(c)").and(FieldSelector.parse("b/c,d"));
        assertThat(both).hasToString("a,b/c,d");
    }

    @Test
    void leaves_out_an_object_in_which_it_finds_nothing_be_it_empty_or_not() {
        JsonNode features =
                Json.parse("{\"features\": {\"a\": {\"p\": 1}, \"b\": {\"q\": 1}, \"c\": {}}}");

        assertThat(FieldSelector.parse("features/*/p").select(features))
                .isEqualTo(Json.parse("{\"features\": {\"a\": {\"p\": 1}}}"));
    }
}
