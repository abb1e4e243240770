package org.patchbay.connectivity.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

class ReportsTest {

    private static final Connection CONNECTION =
            ConnectionJson.read(
                    Json.parse(
                            """
                            {"id": "c", "connectionType": "mqtt-5", "connectionStatus": "open", "uri": "tcp://127.0.0.1:1",
                             "clientCount": 2,
                             "sources": [{"addresses": ["in/#"], "authorizationContext": ["s"], "qos": 1}],
                             "targets": [{"address": "out", "topics": ["_/_/things/twin/events"],
                                          "authorizationContext": ["s"], "qos": 1}]}
                            """));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void sums_the_metrics_of_all_clients_by_address_and_in_all() {
        // Given
        ConnectionMetrics one = metrics();
        ConnectionMetrics two = metrics();
        one.source("in/#").count(MetricType.CONSUMED, true);
        two.source("in/#").count(MetricType.CONSUMED, true);
        two.target("out").count(MetricType.PUBLISHED, false);
        two.responses().count(MetricType.PUBLISHED, true);

        // When
        ObjectNode report =
                Reports.merge(
                        ReportKind.METRICS,
                        CONNECTION,
                        List.of(
                                new ReportPart(ReportKind.METRICS, one.toJson()),
                                new ReportPart(ReportKind.METRICS, two.toJson())));

        // Then
        assertThat(report.at("/type").asText())
                .isEqualTo("connectivity.responses:retrieveConnectionMetrics");
        assertThat(report.at("/connectionMetrics/inbound/consumed/success/PT1M").asInt())
                .isEqualTo(2);
        assertThat(report.at("/connectionMetrics/outbound/published/success/PT24H").asInt())
                .isEqualTo(1);
        assertThat(
                        report.at(
                                        "/sourceMetrics/addressMetrics/in~1#/consumed/success/lastMessageAt")
                                .asText())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(report.at("/targetMetrics/addressMetrics/out/published/failure/PT1H").asInt())
                .isEqualTo(1);
        assertThat(
                        report.at("/targetMetrics/addressMetrics/_responses/published/success/PT1M")
                                .asInt())
                .isEqualTo(1);
        assertThat(report.at("/containsFailures").asBoolean()).isTrue();
    }

    @Test
    void sums_the_outcomes_of_all_clients_and_leaves_them_out_before_the_first_message() {
        // Given
        ConnectionMonitor one = monitor();
        ConnectionMonitor two = monitor();
        var before = new ReportPart(ReportKind.METRICS, one.metricsReport());
        assertThat(Reports.merge(ReportKind.METRICS, CONNECTION, List.of(before)).has("outcomes"))
                .isFalse();
        one.totals().sources().take().end(Reason.DONE);
        two.totals().sources().take().end(Reason.REFUSED);

        // When
        ObjectNode report =
                Reports.merge(
                        ReportKind.METRICS,
                        CONNECTION,
                        List.of(
                                new ReportPart(ReportKind.METRICS, one.metricsReport()),
                                new ReportPart(ReportKind.METRICS, two.metricsReport())));

        // Then
        assertThat(report.at("/outcomes/sources/consumed").asInt()).isEqualTo(2);
        assertThat(report.at("/outcomes/sources/dispatched").asInt()).isEqualTo(1);
        assertThat(report.at("/outcomes/sources/reasons/refused").asInt()).isEqualTo(1);
    }

    @Test
    void a_closed_connection_has_no_metrics() {
        assertThat(Reports.merge(ReportKind.METRICS, CONNECTION, List.of()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"type": "connectivity.responses:retrieveConnectionMetrics", "status": 200, "connectionId": "c",
                                 "connectionMetrics": {"inbound": null, "outbound": null}, "containsFailures": false,
                                 "sourceMetrics": {"addressMetrics": null}, "targetMetrics": {"addressMetrics": null}}
                                """));
    }

    @Test
    void the_worst_client_decides_the_live_status() {
        // When
        ObjectNode report =
                Reports.merge(
                        ReportKind.STATUS,
                        CONNECTION,
                        List.of(client("open", "succeeded"), client("failed", "ongoing")));

        // Then
        assertThat(report.get("connectionStatus").asText()).isEqualTo("open");
        assertThat(report.get("liveStatus").asText()).isEqualTo("failed");
        assertThat(report.get("recoveryStatus").asText()).isEqualTo("ongoing");
        assertThat(report.get("clientStatus")).hasSize(2);
        assertThat(report.get("sourceStatus")).isEmpty();
    }

    @Test
    void merges_logs_by_time() {
        // Given
        ConnectionMonitor first = monitor();
        ConnectionMonitor second = monitor();
        first.source("in/#")
                .success(MetricType.CONSUMED, Headers.EMPTY.withCorrelationId("a"), null, "one");
        clock.advance(java.time.Duration.ofSeconds(1));
        second.responses().failure(MetricType.DROPPED, Headers.EMPTY, "org.x:t", "two");
        clock.advance(java.time.Duration.ofSeconds(1));
        first.target("out").success(MetricType.PUBLISHED, Headers.EMPTY, null, "three");

        // When
        JsonNode report =
                Reports.merge(
                        ReportKind.LOGS,
                        CONNECTION,
                        List.of(
                                new ReportPart(ReportKind.LOGS, first.log().toJson()),
                                new ReportPart(ReportKind.LOGS, second.log().toJson())));

        // Then
        assertThat(report.get("connectionLogs").findValuesAsText("message"))
                .containsExactly("one", "two", "three");
        assertThat(report.at("/connectionLogs/1"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"correlationId": "<not-provided>", "timestamp": "2026-01-01T00:00:01Z", "category": "response",
                                 "type": "dropped", "level": "failure", "message": "two", "address": "_responses", "entityId": "org.x:t"}
                                """));
        assertThat(report.get("enabledSince").asText()).isEqualTo("2026-01-01T00:00:00Z");
    }

    private ConnectionMetrics metrics() {
        return new ConnectionMetrics(clock, List.of("in/#"), List.of("out"));
    }

    private ConnectionMonitor monitor() {
        return new ConnectionMonitor(
                CONNECTION, clock, new LogSettings(10, 10, 100_000, java.time.Duration.ofHours(1)));
    }

    private static ReportPart client(String status, String recoveryStatus) {
        String json =
                """
                {"clientStatus": [{"type": "client", "client": "x", "status": "%s", "recoveryStatus": "%s"}]}
                """;
        return new ReportPart(
                ReportKind.STATUS, (ObjectNode) Json.parse(json.formatted(status, recoveryStatus)));
    }
}
