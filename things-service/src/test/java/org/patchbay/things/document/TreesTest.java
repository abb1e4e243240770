package org.patchbay.things.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class TreesTest {

    private static final String DOCUMENT = "{'a': {'b': 1, 'c': [1]}, 's': 'w', 'n': null}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a/b | 2 | {'a': {'b': 2, 'c': [1]}, 's': 'w', 'n': null}",
                "/a/x/y | 2 | {'a': {'b': 1, 'c': [1], 'x': {'y': 2}}, 's': 'w', 'n': null}",
                "/s/x | 2 | {'a': {'b': 1, 'c': [1]}, 's': {'x': 2}, 'n': null}",
                "/a/c/0 | 2 | {'a': {'b': 1, 'c': {'0': 2}}, 's': 'w', 'n': null}",
                "/ | 2 | 2",
            })
    void sets_a_value(String at, String value, String expected) {
        assertThat(Trees.set(json(DOCUMENT), JsonPointer.parse(at), json(value)))
                .isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a/b | {'a': {'c': [1]}, 's': 'w', 'n': null}",
                "/a | {'s': 'w', 'n': null}",
                "/n | {'a': {'b': 1, 'c': [1]}, 's': 'w'}",
                "/x/y | {'a': {'b': 1, 'c': [1]}, 's': 'w', 'n': null}",
            })
    void removes_a_value(String at, String expected) {
        assertThat(Trees.remove(json(DOCUMENT), JsonPointer.parse(at))).isEqualTo(json(expected));
    }

    @Test
    void leaves_the_old_tree_as_it_was_and_shares_what_did_not_change() {
        JsonNode before = json("{'a': {'b': 1}, 'other': {'x': 1}}");

        JsonNode after = Trees.set(before, JsonPointer.parse("/a/b"), json("2"));

        assertThat(before).isEqualTo(json("{'a': {'b': 1}, 'other': {'x': 1}}"));
        assertThat(after.get("other")).isSameAs(before.get("other"));
    }

    @Test
    void a_patch_of_null_removes() {
        assertThat(Trees.merge(json(DOCUMENT), JsonPointer.parse("/a"), json("null")))
                .isEqualTo(json("{'s': 'w', 'n': null}"));
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
