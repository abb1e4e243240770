package org.patchbay.connectivity.model.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchbay.protocol.Problem;

class DryRunReportTest {

    private static final Problem PROBLEM =
            Problem.of(504, "connectivity:connection.failed", "It is too old.")
                    .describedBy("Renew it.");

    private static final DryRunReport FAILED =
            new DryRunReport(
                    Duration.ofNanos(20_500_000),
                    List.of(
                            new LayerResult.Skipped(Layer.TUNNEL, "There is none."),
                            new LayerResult.Passed(
                                    Layer.TCP, Duration.ofNanos(1_234_567), "Connected."),
                            new LayerResult.Failed(
                                    Layer.TLS, Duration.ofMillis(19), "It is too old.", "expired"),
                            new LayerResult.NotReached(Layer.AUTHENTICATION)),
                    PROBLEM);

    @Test
    void is_shown_layer_by_layer_with_the_error_that_an_answer_without_report_is() {
        assertThat(DryRunJson.show(FAILED).toPrettyString())
                .isEqualToIgnoringWhitespace(
                        """
                        {
                          "succeeded": false,
                          "failedLayer": "tls",
                          "durationMs": 20.500,
                          "layers": [
                            {"layer": "tunnel", "status": "skipped", "message": "There is none."},
                            {"layer": "tcp", "status": "passed", "durationMs": 1.234,
                             "message": "Connected."},
                            {"layer": "tls", "status": "failed", "durationMs": 19.000,
                             "check": "expired", "message": "It is too old."},
                            {"layer": "authentication", "status": "not-reached"}
                          ],
                          "error": {
                            "status": 504,
                            "error": "connectivity:connection.failed",
                            "message": "It is too old.",
                            "description": "Renew it.\\nFailed layer: tls (expired) after 19.000 ms. Passed: tcp 1.234 ms. Not reached: authentication."
                          }
                        }
                        """);
    }

    @Test
    void of_a_connection_that_works_has_no_error() {
        DryRunReport report =
                new DryRunReport(
                        Duration.ZERO,
                        List.of(new LayerResult.Passed(Layer.TCP, Duration.ZERO, "Connected.")),
                        null);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.explained()).isNull();
        assertThat(DryRunJson.show(report).has("error")).isFalse();
    }

    @Test
    void of_what_can_not_be_read_has_no_layer_but_the_first() {
        DryRunReport report = DryRunReport.unreadable(PROBLEM);

        assertThat(report.layers()).extracting(LayerResult::layer).containsExactly(Layer.values());
        assertThat(report.layers().getFirst()).isInstanceOf(LayerResult.Failed.class);
        assertThat(report.layers().subList(1, report.layers().size()))
                .hasOnlyElementsOfType(LayerResult.NotReached.class);
    }
}
