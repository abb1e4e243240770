package org.patchbay.connectivity.model.problems;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.Problem;

class FindingsTest {

    private final Findings findings = new Findings();

    @Test
    void the_first_finding_stands_in_the_message_and_all_in_the_description() {
        findings.add(new Finding("json.field.missing", "/a", "It is missing.", "Add it."));
        findings.wrong("/b", "It is wrong.", "Right it.");

        assertThat(findings.problem())
                .contains(
                        Problem.of(400, "json.field.missing", "/a: It is missing.")
                                .describedBy(
                                        "/a: It is missing. Add it.\n/b: It is wrong. Right it."));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, true",
        "/a/b/c, true",
        "/a, true",
        "/a/bc, false",
        "/b, false",
    })
    void a_place_is_touched_by_what_is_around_it_and_within_it(String place, boolean touched) {
        findings.wrong("/a/b", "It is wrong.", "Right it.");

        assertThat(findings.touch(place)).isEqualTo(touched);
    }

    @Test
    void the_root_touches_everything() {
        findings.wrong("/", "It is wrong.", "Right it.");

        assertThat(findings.touch("/a/b")).isTrue();
    }

    @Test
    void what_is_too_long_to_read_is_cut_in_the_middle_and_no_character_in_half() {
        Finding finding = new Finding("code", "/a", "a" + "😀".repeat(1_000) + "the end.", "");

        assertThat(finding.what()).hasSizeLessThan(600).endsWith("the end.");
        assertThat(
                        finding.what()
                                .codePoints()
                                .filter(c -> c < 0x10000 && Character.isSurrogate((char) c)))
                .isEmpty();
    }
}
