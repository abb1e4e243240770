package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void doubles_up_to_its_bound() {
        // Given
        BackOff backOff = new BackOff(Duration.ofSeconds(5), Duration.ofSeconds(30));

        // When
        var pauses = IntStream.rangeClosed(1, 5).mapToObj(tries -> backOff.pause(tries, 1.0));

        // Then
        assertThat(pauses.map(Duration::toSeconds)).containsExactly(5L, 10L, 20L, 30L, 30L);
    }

    @Test
    void is_spread_by_chance_over_half_of_the_pause() {
        // Given
        BackOff backOff = new BackOff(Duration.ofSeconds(4), Duration.ofMinutes(1));

        // Then
        assertThat(backOff.pause(1, 0.0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backOff.pause(1, 0.5)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void many_that_lost_the_same_endpoint_come_back_evenly_spread() {
        // Given
        BackOff backOff = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(60));
        Random random = new Random(1);

        for (int tries = 1; tries < 20; tries++) {
            int attempt = tries;
            long full = backOff.pause(attempt, 1.0).toMillis();

            // When
            int[] tenths = new int[10];
            for (int i = 0; i < 10_000; i++) {
                long pause = backOff.pause(attempt, random.nextDouble()).toMillis();
                tenths[(int) ((pause - full / 2) * 10 / (full - full / 2))]++;
            }

            // Then
            assertThat(IntStream.of(tenths).boxed())
                    .allSatisfy(one -> assertThat(one).isBetween(800, 1_200));
        }
    }

    @Test
    void from_zero_the_first_attempt_comes_within_a_second() {
        // Given
        BackOff backOff = new BackOff(Duration.ZERO, Duration.ofMinutes(1));

        // Then
        assertThat(backOff.pause(1, 0.25)).isEqualTo(Duration.ofMillis(250));
        assertThat(backOff.pause(2, 1.0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backOff.pause(100, 1.0)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void refuses_bounds_the_wrong_way_round() {
        assertThatThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
