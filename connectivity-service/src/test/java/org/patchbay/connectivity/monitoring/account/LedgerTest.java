package org.patchbay.connectivity.monitoring.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchbay.protocol.json.Json;

class LedgerTest {

    private static final Path PAGE = Path.of("../docs/dead-letters.md");

    private final PathTotals totals = new PathTotals();

    @Test
    void a_message_ends_once_and_is_in_flight_until_then() {
        // Given
        Ledger.Entry first = totals.sources().take();
        totals.sources().take();

        // When
        boolean ended = first.end(Reason.REFUSED);
        boolean again = first.end(Reason.DONE);

        // Then
        assertThat(ended).isTrue();
        assertThat(again).isFalse();
        Ledger.Snapshot sums = totals.sources().snapshot();
        assertThat(sums.taken()).isEqualTo(2);
        assertThat(sums.inFlight()).isEqualTo(1);
        assertThat(sums.sum(Outcome.FAILED)).isEqualTo(1);
        assertThat(sums.sum(Outcome.DONE)).isZero();
    }

    @Test
    void what_is_reported_adds_up_and_says_why() {
        // Given
        totals.targets().take().end(Reason.DONE);
        totals.targets().take().end(Reason.FILTERED_OUT);
        totals.targets().take().end(Reason.TARGET_FULL);
        totals.targets().take();

        // Then
        assertThat(Json.parse(totals.toJson().toString()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"targets": {"arrived": 4, "published": 1, "filtered": 1, "dropped": 1, "failed": 0, "inFlight": 1,
                                  "reasons": {"filtered-out": 1, "target-full": 1}}}
                                """));
    }

    @Test
    void of_several_ends_the_worst_counts_and_most_of_all_one_that_may_pass() {
        Ending dropped = Ending.of(Reason.MAPPED_TO_NOTHING, "");
        Ending refused = Ending.of(Reason.REFUSED, "");
        Ending givenUp = Ending.of(Reason.GIVEN_UP, "");

        Ending worst =
                Stream.of(dropped, refused, Ending.of(Reason.NOT_ALLOWED, ""))
                        .reduce(Ending.DONE, Ending::worse);

        assertThat(worst).isEqualTo(refused);
        assertThat(Ending.worse(givenUp, refused)).isEqualTo(givenUp);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DONE")
    void the_page_for_operators_tells_of_every_reason(Reason reason) throws IOException {
        List<String> row =
                Files.readString(PAGE)
                        .lines()
                        .filter(line -> line.startsWith("| `" + reason.wireName() + "` |"))
                        .findFirst()
                        .map(line -> Stream.of(line.split("\\|")).map(String::strip).toList())
                        .orElseThrow();

        assertThat(row.get(2)).isEqualTo(reason.outcome().name().toLowerCase(Locale.ROOT));
        assertThat(row.get(3)).isEqualTo("`" + reason.stage().wireName() + "`");
        assertThat(row.get(5)).isEqualTo(reason.isDeadLetter() ? "yes" : "");
    }
}
