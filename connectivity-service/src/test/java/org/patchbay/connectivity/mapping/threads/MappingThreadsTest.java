package org.patchbay.connectivity.mapping.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Who gets a thread when, with a clock that the test moves and threads that are a list of what they
 * run.
 */
class MappingThreadsTest {

    private static final long LIMIT_MS = 500;

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> ran = new ArrayList<>();

    /** What a thread works at: the end comes when the test says so. */
    private final Deque<Runnable> onThreads = new ArrayDeque<>();

    private MappingThreads threads(int size) {
        return MappingThreads.of(onThreads::add, size, nanos::get);
    }

    private void give(Share share, String name, int times) {
        for (int i = 0; i < times; i++) {
            share.execute(() -> ran.add(name));
        }
    }

    /** What has been on a thread the longest ends after that time. */
    private void passes(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
        onThreads.remove().run();
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        ran.forEach(name -> counts.merge(name, 1, Integer::sum));
        return counts;
    }

    @Test
    void work_of_one_goes_in_order() {
        Share one = threads(1).of("one");
        give(one, "a", 1);
        give(one, "b", 1);
        give(one, "c", 1);

        passes(1);
        passes(1);
        passes(1);

        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void one_never_has_all_threads() {
        MappingThreads threads = threads(5);

        give(threads.of("greedy"), "greedy", 20);

        assertThat(onThreads).hasSize(4);
        give(threads.of("modest"), "modest", 1);
        assertThat(onThreads).hasSize(5);
    }

    @Test
    void a_single_thread_is_for_whoever_has_used_the_least_time() {
        MappingThreads threads = threads(1);
        Share slow = threads.of("slow");
        give(slow, "slow", 10);
        passes(LIMIT_MS);
        Share quick = threads.of("quick");
        give(quick, "quick", 100);

        passes(LIMIT_MS);
        for (int i = 0; i < 100; i++) {
            passes(1);
        }

        // The one that was on the thread already, then all of the quick one's.
        assertThat(counts()).containsEntry("slow", 2).containsEntry("quick", 100);
    }

    @Test
    void slow_ones_together_leave_a_thread_to_the_others() {
        MappingThreads threads = threads(3);
        List<Share> hostile = List.of(threads.of("h1"), threads.of("h2"), threads.of("h3"));
        hostile.forEach(share -> give(share, "hostile", 50));
        for (int i = 0; i < 6; i++) {
            passes(LIMIT_MS);
        }

        assertThat(onThreads).hasSize(2);
        give(threads.of("quick"), "quick", 1);

        assertThat(onThreads).hasSize(3);
        onThreads.removeLast().run();
        assertThat(ran).last().isEqualTo("quick");
    }

    @Test
    void who_does_not_return_counts_as_slow_before_it_is_over() {
        MappingThreads threads = threads(3);
        give(threads.of("stuck"), "stuck", 10);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        Share slow = threads.of("another");
        give(slow, "another", 1);
        onThreads.removeLast().run();

        assertThat(ran).containsExactly("another");
        assertThat(onThreads).hasSize(2);
    }

    @Test
    void who_was_slow_once_is_quick_again_after_a_while() {
        MappingThreads threads = threads(2);
        Share share = threads.of("recovering");
        give(share, "x", 60);
        for (int i = 0; i < 4; i++) {
            passes(LIMIT_MS);
        }
        assertThat(share.isSlow()).isTrue();

        for (int i = 0; i < 40; i++) {
            passes(1);
        }

        assertThat(share.isSlow()).isFalse();
    }

    @Test
    void time_that_was_not_used_is_not_saved_up() {
        MappingThreads threads = threads(1);
        Share idle = threads.of("idle");
        Share busy = threads.of("busy");
        give(busy, "busy", 100);
        for (int i = 0; i < 50; i++) {
            passes(10);
        }

        give(idle, "idle", 50);
        for (int i = 0; i < 20; i++) {
            passes(10);
        }

        assertThat(counts().get("idle")).isBetween(9, 11);
        assertThat(counts().get("busy")).isBetween(59, 61);
    }

    @Test
    void what_fails_frees_its_thread() {
        MappingThreads threads = threads(1);
        Share share = threads.of("failing");
        share.execute(() -> {
            throw new IllegalStateException("as the test wants it");
        });
        give(share, "next", 1);

        try {
            passes(1);
        } catch (IllegalStateException e) {
            // The thread's own matter.
        }
        passes(1);

        assertThat(ran).containsExactly("next");
    }

    @Test
    void clients_of_one_connection_have_one_share() {
        MappingThreads threads = threads(2);

        assertThat(threads.of("c")).isSameAs(threads.of("c"));
        assertThat(threads.of("c")).isNotSameAs(threads.of("d"));
    }
}
