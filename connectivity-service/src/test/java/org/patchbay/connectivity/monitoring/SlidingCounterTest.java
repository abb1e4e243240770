package org.patchbay.connectivity.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SlidingCounterTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SlidingCounter counter = new SlidingCounter();

    @Test
    void counts_in_all_windows_and_keeps_the_last_time() {
        // When
        counter.count(START);
        counter.count(START.plusSeconds(2));

        // Then
        assertThat(counter.toJson(START.plusSeconds(3)).toString())
                .isEqualTo(
                        "{\"PT1M\":2,\"PT1H\":2,\"PT24H\":2,\"lastMessageAt\":\"2026-01-01T00:00:02Z\"}");
    }

    @Test
    void forgets_what_has_left_a_window() {
        // Given
        counter.count(START);

        // When
        ObjectNode afterAMinute = counter.toJson(START.plusSeconds(60));
        ObjectNode afterAnHour = counter.toJson(START.plus(Duration.ofHours(1)));
        ObjectNode afterADay = counter.toJson(START.plus(Duration.ofDays(1)));

        // Then
        assertThat(afterAMinute.get("PT1M").asLong()).isZero();
        assertThat(afterAMinute.get("PT1H").asLong()).isOne();
        assertThat(afterAnHour.get("PT1H").asLong()).isZero();
        assertThat(afterAnHour.get("PT24H").asLong()).isOne();
        assertThat(afterADay.get("PT24H").asLong()).isZero();
        assertThat(afterADay.get("lastMessageAt").asText()).isEqualTo(START.toString());
    }

    @Test
    void counts_what_happens_within_a_second_one_by_one() {
        // When
        for (int millis = 0; millis < 2_000; millis += 100) {
            counter.count(START.plusMillis(millis));
        }

        // Then
        assertThat(counter.toJson(START.plusSeconds(2)).get("PT1M").asLong()).isEqualTo(20);
        assertThat(counter.toJson(START.plusSeconds(60)).get("PT1M").asLong()).isEqualTo(10);
    }

    @Test
    void a_clock_that_goes_back_loses_nothing() {
        // Given
        counter.count(START.plusSeconds(5));

        // When
        counter.count(START);

        // Then
        assertThat(counter.toJson(START.plusSeconds(5)).get("PT1M").asLong()).isEqualTo(2);
    }

    @Test
    void starts_again_after_a_reset() {
        // Given
        counter.count(START);

        // When
        counter.reset();

        // Then
        assertThat(counter.toJson(START).toString())
                .isEqualTo("{\"PT1M\":0,\"PT1H\":0,\"PT24H\":0,\"lastMessageAt\":null}");
    }

    @Test
    void counts_what_several_threads_bring_through_many_seconds() throws Exception {
        // Given
        int each = 20_000;
        CountDownLatch together = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                awaitQuietly(together);
                                for (int i = 0; i < each; i++) {
                                    counter.count(START.plusMillis(i));
                                }
                            }));
        }

        // When
        together.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(counter.toJson(START.plusSeconds(20)).get("PT1M").asLong()).isEqualTo(4 * each);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
