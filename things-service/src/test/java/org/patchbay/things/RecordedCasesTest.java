package org.patchbay.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The recorded cases that twins alone can answer; skipped where the recordings are not at hand. */
class RecordedCasesTest {

    /** What the gateway answers itself. */
    private static final Set<String> OF_THE_GATEWAY =
            Set.of(
                    "post-created-get",
                    "thing-id-sub-resource",
                    "rr-invalid",
                    "timeout-minutes",
                    "acks-bad-label");

    /** What twins can't do yet. */
    private static final Set<String> TO_COME =
            Set.of("hist-at-1", "hist-at-2", "hist-at-fields", "meta-get");

    @Test
    void things_answer_as_recorded() {
        RecordedCases cases = replay("things.jsonl");

        assertThat(cases.differences().keySet())
                .as(cases.differences().toString())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(OF_THE_GATEWAY.stream(), TO_COME.stream()).toList());
        assertThat(cases.passed()).isGreaterThan(200);
    }

    @Test
    void policies_answer_as_recorded() {
        RecordedCases cases = replay("policies.jsonl");

        assertThat(cases.differences().keySet())
                .as(cases.differences().toString())
                .containsExactlyInAnyOrder("create-expiry-past", "action-get");
        assertThat(cases.passed()).isGreaterThan(90);
    }

    private static RecordedCases replay(String name) {
        Path file = recordings().resolve(name);
        assumeTrue(Files.isReadable(file), "no recordings at " + file);
        try (Twins twins = new Twins()) {
            RecordedCases cases = new RecordedCases(twins);
            RecordedCases.read(file).forEach(cases::replay);
            return cases;
        }
    }

    private static Path recordings() {
        String given = System.getProperty("conformance");
        return given == null ? Path.of("../../shared/conformance") : Path.of(given);
    }
}
