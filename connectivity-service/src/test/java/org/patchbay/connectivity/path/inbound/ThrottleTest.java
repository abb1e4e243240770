package org.patchbay.connectivity.path.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.path.Throttling;

class ThrottleTest {

    private static final long SECOND = 1_000_000_000L;

    private final Throttle throttle = new Throttle(new Throttling(Duration.ofSeconds(1), 3), 0);

    @Test
    void lets_as_many_pass_at_once_as_the_limit_says_and_the_next_wait_for_their_interval() {
        // When
        List<Long> pauses = places(8, 0);

        // Then
        assertThat(pauses).containsExactly(0L, 0L, 0L, 1000L, 1000L, 1000L, 2000L, 2000L);
    }

    @Test
    void who_comes_in_the_middle_of_an_interval_waits_for_what_is_left_of_it() {
        // Given
        places(3, 0);

        // When
        List<Long> pauses = places(1, SECOND * 3 / 4);

        // Then
        assertThat(pauses).containsExactly(250L);
    }

    @Test
    void what_was_not_used_is_not_saved_up() {
        // When
        List<Long> pauses = places(4, 10 * SECOND);

        // Then
        assertThat(pauses).containsExactly(0L, 0L, 0L, 1000L);
    }

    private List<Long> places(int messages, long now) {
        return IntStream.range(0, messages).mapToObj(_ -> throttle.place(now).toMillis()).toList();
    }
}
