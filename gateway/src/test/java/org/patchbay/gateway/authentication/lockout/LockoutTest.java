package org.patchbay.gateway.authentication.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.authentication.SettableClock;
import org.patchbay.gateway.authentication.lockout.Lockout.Suspect;

class LockoutTest {

    private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
    private static final Suspect ALICE = Lockout.suspect("user", "alice", ADDRESS);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock();
    private final Lockout lockout = new Lockout(new LockoutSettings(3, MINUTE, MINUTE, 10), clock);

    @Test
    void tries_that_are_far_enough_apart_do_not_lock_out() {
        for (int i = 0; i < 20; i++) {
            lockout.wrong(ALICE, ADDRESS);
            clock.advance(Duration.ofSeconds(30));
        }

        assertThat(lockout.remaining(ALICE)).isZero();
    }

    @Test
    void the_window_slides() {
        clock.advance(Duration.ofSeconds(50));
        lockout.wrong(ALICE, ADDRESS);
        clock.advance(Duration.ofSeconds(20));
        lockout.wrong(ALICE, ADDRESS);
        clock.advance(Duration.ofSeconds(20));
        lockout.wrong(ALICE, ADDRESS);

        assertThat(lockout.remaining(ALICE)).isEqualTo(MINUTE);
    }

    @Test
    void a_lock_is_not_prolonged_by_going_on() {
        wrong(ALICE, 3);
        clock.advance(Duration.ofSeconds(40));
        wrong(ALICE, 3);

        assertThat(lockout.remaining(ALICE)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void after_a_lock_counting_begins_anew() {
        wrong(ALICE, 3);
        clock.advance(MINUTE);
        wrong(ALICE, 2);

        assertThat(lockout.remaining(ALICE)).isZero();
    }

    @Test
    void inventing_users_neither_fills_the_memory_nor_sets_a_locked_one_free() {
        wrong(ALICE, 3);

        for (int i = 0; i < 1000; i++) {
            wrong(Lockout.suspect("user", "invented-" + i, ADDRESS), 1);
        }

        assertThat(lockout.size()).isEqualTo(10);
        assertThat(lockout.remaining(ALICE)).isEqualTo(MINUTE);
    }

    @Test
    void what_is_over_is_forgotten() {
        for (int i = 0; i < 10; i++) {
            wrong(Lockout.suspect("user", "invented-" + i, ADDRESS), 1);
        }
        clock.advance(MINUTE);

        wrong(ALICE, 1);

        assertThat(lockout.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,        192.0.2.2,           false",
        "2001:db8:1:2::1,  2001:db8:1:2:ffff::, true",
        "2001:db8:1:2::1,  2001:db8:1:3::1,     false",
        "0.0.0.1,          ::1,                 false"
    })
    void an_ipv6_client_counts_as_one_network(String one, String other, boolean same) {
        Suspect first = Lockout.suspect("user", "x", InetAddress.ofLiteral(one));
        Suspect second = Lockout.suspect("user", "x", InetAddress.ofLiteral(other));

        assertThat(first.equals(second)).isEqualTo(same);
    }

    @Test
    void a_name_of_any_length_takes_little_memory() {
        assertThat(Lockout.suspect("user", "x".repeat(10_000), ADDRESS).user()).hasSize(128);
    }

    private void wrong(Suspect suspect, int times) {
        for (int i = 0; i < times; i++) {
            lockout.wrong(suspect, ADDRESS);
        }
    }
}
