package org.patchbay.protocol.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    @Test
    void find_a_name_however_it_is_written() {
        Headers headers = Headers.of(Map.of("Content-Type", "text/plain"));

        assertThat(headers.get("content-type")).isEqualTo("text/plain");
        assertThat(headers.has("CONTENT-TYPE")).isTrue();
        assertThat(headers.get("content")).isNull();
        assertThat(headers.asMap()).containsExactly(Map.entry("Content-Type", "text/plain"));
    }

    @Test
    void keep_the_place_of_what_is_set_again_and_write_it_as_it_was_set_last() {
        Headers headers = Headers.EMPTY.with("First", "1").with("second", "2").with("FIRST", "3");

        assertThat(headers.asMap())
                .containsExactly(Map.entry("FIRST", "3"), Map.entry("second", "2"));
    }

    @Test
    void are_not_changed_by_what_is_made_of_them() {
        Headers headers = Headers.EMPTY.with("one", "1");

        Headers more = headers.with("two", "2").with("one", "other");
        Headers less = more.without("TWO");

        assertThat(headers.asMap()).containsExactly(Map.entry("one", "1"));
        assertThat(more.asMap()).containsExactly(Map.entry("one", "other"), Map.entry("two", "2"));
        assertThat(less.asMap()).containsExactly(Map.entry("one", "other"));
    }

    @Test
    void are_themselves_without_what_they_do_not_have() {
        Headers headers = Headers.EMPTY.with("one", "1");

        assertThat(headers.without("two")).isSameAs(headers);
        assertThat(headers.withoutInternal()).isSameAs(headers);
        assertThat(headers.with("ditto-originator", "me").withoutInternal()).isEqualTo(headers);
    }

    @Test
    void are_equal_in_whatever_order() {
        Headers headers = Headers.EMPTY.with("one", "1").with("two", "2");
        Headers same = Headers.EMPTY.with("two", "2").with("one", "1");

        assertThat(headers).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(headers).isNotEqualTo(same.with("one", "2"));
        assertThat(headers).isNotEqualTo(same.with("ONE", "1"));
        assertThat(headers).isNotEqualTo(same.with("three", "3"));
    }

    /** Few are looked through, many are found by a table. */
    @ParameterizedTest
    @ValueSource(ints = {3, 20, 50, 1_000})
    void hold_what_a_map_would(int names) {
        Random random = new Random(names);
        Headers headers = Headers.EMPTY;
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            String name = "name-" + random.nextInt(names);
            switch (random.nextInt(5)) {
                case 0 -> {
                    List<String> some = List.of(name, "name-" + random.nextInt(names));
                    headers = headers.without(some);
                    some.forEach(expected::remove);
                }
                case 1 -> {
                    Map<String, String> more = more(random, names);
                    headers =
                            random.nextBoolean()
                                    ? headers.withAll(more)
                                    : headers.withAll(Headers.of(more));
                    expected.putAll(more);
                }
                default -> {
                    headers = headers.with(name, String.valueOf(i));
                    expected.put(name, String.valueOf(i));
                }
            }
        }
        assertThat(new ArrayList<>(headers.asMap().entrySet()))
                .isEqualTo(new ArrayList<>(expected.entrySet()));
        for (int i = 0; i < names; i++) {
            String name = "Name-" + i;
            assertThat(headers.get(name)).isEqualTo(expected.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    private static Map<String, String> more(Random random, int names) {
        Map<String, String> more = new LinkedHashMap<>();
        for (int i = random.nextInt(names); i >= 0; i--) {
            more.put("name-" + random.nextInt(names), "of several " + i);
        }
        return more;
    }
}
