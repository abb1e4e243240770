package org.patchbay.connectivity.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes();
    private final List<String> started = new ArrayList<>();

    @Test
    void work_for_one_key_waits_for_what_came_before_and_other_keys_do_not() {
        // Given
        CompletableFuture<String> first = new CompletableFuture<>();
        lanes.run("a", () -> start("a1", first));

        // When
        var second = lanes.run("a", () -> start("a2", CompletableFuture.completedFuture("done")));
        lanes.run("b", () -> start("b1", CompletableFuture.completedFuture("done")));

        // Then
        assertThat(started).containsExactly("a1", "b1");
        first.complete("done");
        assertThat(started).containsExactly("a1", "b1", "a2");
        assertThat(second).isCompletedWithValue("done");
    }

    @Test
    void failed_work_does_not_stop_what_comes_after() {
        // Given
        CompletableFuture<String> first = new CompletableFuture<>();
        var failed = lanes.run("a", () -> first);
        var thrown =
                lanes.<String>run(
                        "a",
                        () -> {
                            throw new IllegalStateException("at once");
                        });
        var last = lanes.run("a", () -> CompletableFuture.completedFuture("done"));

        // When
        first.completeExceptionally(new IllegalStateException("later"));

        // Then
        assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
        assertThat(thrown.toCompletableFuture()).isCompletedExceptionally();
        assertThat(last).isCompletedWithValue("done");
    }

    @Test
    void holds_nothing_when_all_work_is_over() {
        // When
        for (int i = 0; i < 100; i++) {
            lanes.run("key " + i % 7, () -> CompletableFuture.completedFuture("done"));
        }

        // Then
        assertThat(lanes.size()).isZero();
    }

    private CompletableFuture<String> start(String name, CompletableFuture<String> result) {
        started.add(name);
        return result;
    }
}
