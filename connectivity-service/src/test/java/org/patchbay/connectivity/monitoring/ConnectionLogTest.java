package org.patchbay.connectivity.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ConnectionLogTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final ConnectionLog log =
            new ConnectionLog(clock, new LogSettings(2, 3, 10_000, Duration.ofHours(24)));

    @Test
    void keeps_nothing_before_it_is_enabled() {
        // When
        log.add(entry("address", LogEntry.Level.SUCCESS, "one"));

        // Then
        assertThat(log.toJson().toString()).isEqualTo("{\"connectionLogs\":[]}");
    }

    @Test
    void keeps_the_last_entries_of_each_address_and_level_in_order() {
        // Given
        log.enable();

        // When
        for (int i = 1; i <= 5; i++) {
            log.add(entry("busy", LogEntry.Level.SUCCESS, "busy " + i));
            log.add(entry("busy", LogEntry.Level.FAILURE, "broken " + i));
            clock.advance(Duration.ofSeconds(1));
        }
        log.add(entry("quiet", LogEntry.Level.SUCCESS, "quiet"));

        // Then
        assertThat(log.toJson().findValuesAsText("message"))
                .containsExactly("broken 3", "busy 4", "broken 4", "busy 5", "broken 5", "quiet");
    }

    @Test
    void says_from_when_until_when_it_is_enabled() {
        // Given
        log.enable();

        // When
        clock.advance(Duration.ofHours(1));
        log.enable();

        // Then
        assertThat(log.toJson().get("enabledSince").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(log.toJson().get("enabledUntil").asText()).isEqualTo("2026-01-02T01:00:00Z");
    }

    @Test
    void is_disabled_when_its_time_is_over() {
        // Given
        log.enable();

        // When
        clock.advance(Duration.ofHours(24));

        // Then
        assertThat(log.enabledAt(clock.instant())).isFalse();
        assertThat(log.toJson().has("enabledUntil")).isFalse();
    }

    @Test
    void is_enabled_for_as_long_again_whenever_it_is_retrieved() {
        // Given
        log.enable();

        // When
        clock.advance(Duration.ofHours(23));
        JsonNode retrieved = log.retrieve();

        // Then
        assertThat(retrieved.get("enabledSince").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(retrieved.get("enabledUntil").asText()).isEqualTo("2026-01-02T23:00:00Z");
    }

    @Test
    void is_not_enabled_by_being_retrieved() {
        // Given
        log.enable();

        // When
        clock.advance(Duration.ofHours(24));
        JsonNode retrieved = log.retrieve();

        // Then
        assertThat(retrieved.has("enabledUntil")).isFalse();
        assertThat(log.enabledAt(clock.instant())).isFalse();
    }

    @Test
    void drops_the_oldest_entries_where_it_gets_too_large() {
        // Given
        ConnectionLog small =
                new ConnectionLog(clock, new LogSettings(9, 9, 450, Duration.ofHours(24)));
        small.enable();

        // When
        for (int i = 1; i <= 4; i++) {
            small.add(entry("a", LogEntry.Level.SUCCESS, "entry " + i));
            clock.advance(Duration.ofSeconds(1));
        }

        // Then
        assertThat(small.toJson().findValuesAsText("message"))
                .containsExactly("entry 3", "entry 4");
    }

    @Test
    void several_threads_keep_the_last_entries_of_each_kind_and_the_bound() throws Exception {
        // Given
        int threads = 4;
        ConnectionLog shared =
                new ConnectionLog(clock, new LogSettings(5, 5, 1_500, Duration.ofHours(24)));
        shared.enable();

        // When
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                String address = "address-" + t % 2;
                pool.submit(() -> {
                    for (int i = 1; i <= 10_000; i++) {
                        shared.add(entry(address, LogEntry.Level.SUCCESS, "entry " + i));
                    }
                });
            }
        }
        shared.add(entry("address-0", LogEntry.Level.FAILURE, "the last one"));

        // Then
        List<String> messages = shared.toJson().findValuesAsText("message");
        // An entry takes 220 bytes.
        assertThat(messages).hasSizeBetween(4, 6).endsWith("the last one");
    }

    @Test
    void is_empty_after_a_reset_and_goes_on() {
        // Given
        log.enable();
        log.add(entry("address", LogEntry.Level.SUCCESS, "before"));

        // When
        log.reset();
        log.add(entry("address", LogEntry.Level.SUCCESS, "after"));

        // Then
        assertThat(log.toJson().findValuesAsText("message")).containsExactly("after");
    }

    private LogEntry entry(String address, LogEntry.Level level, String message) {
        return new LogEntry(
                clock.instant(),
                LogEntry.Category.SOURCE,
                MetricType.CONSUMED,
                level,
                message,
                null,
                address,
                null);
    }
}
