package org.patchbay.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.patchbay.gateway.websocket.session.WebSocketSettings.Throttling;

class RateTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Rate rate = new Rate(new Throttling(4, Duration.ofSeconds(1), 1.5));

    @Test
    void an_interval_takes_its_limit_times_the_factor() {
        assertThat(LongStream.range(0, 8).map(i -> -5 + i).filter(rate::admits)).hasSize(6);
    }

    @Test
    void the_next_interval_begins_anew() {
        LongStream.range(0, 20).forEach(rate::admits);

        assertThat(rate.admits(SECOND - 1)).isFalse();
        assertThat(rate.admits(SECOND)).isTrue();
    }
}
