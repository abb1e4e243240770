package org.patchbay.connectivity.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.client.link.Turns.Turn;

class TurnsTest {

    private final Turns turns = new Turns(2);
    private final List<String> come = new ArrayList<>();

    @Test
    void so_many_go_at_once_and_the_others_in_the_order_in_which_they_came() {
        // Given
        Turn a = take("a");
        Turn b = take("b");
        take("c");
        take("d");
        assertThat(come).containsExactly("a", "b");

        // When
        b.end();
        a.end();

        // Then
        assertThat(come).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_turn_ends_once() {
        // Given
        Turn a = take("a");
        take("b");
        take("c");
        take("d");

        // When
        a.end();
        a.end();

        // Then
        assertThat(come).containsExactly("a", "b", "c");
    }

    @Test
    void who_leaves_the_line_is_passed_over() {
        // Given
        Turn a = take("a");
        take("b");
        Turn c = take("c");
        take("d");

        // When
        c.end();
        a.end();

        // Then
        assertThat(come).containsExactly("a", "b", "d");
    }

    @Test
    void each_endpoint_has_its_own_line() {
        take("a");
        take("b");

        turns.take("elsewhere", () -> come.add("e"));

        assertThat(come).containsExactly("a", "b", "e");
    }

    @Test
    void a_line_that_has_been_empty_starts_anew() {
        take("a").end();
        take("b").end();
        take("c");
        take("d");
        take("e");

        assertThat(come).containsExactly("a", "b", "c", "d");
    }

    private Turn take(String name) {
        return turns.take("here", () -> come.add(name));
    }
}
