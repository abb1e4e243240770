package org.patchbay.connectivity.transport.kafka.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicLanesTest {

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> givenUp = new ArrayList<>();
    private boolean overdue;

    @Test
    void a_message_that_can_be_taken_is_taken_at_once() {
        TopicLanes lanes = new TopicLanes(this::later);
        known.add("topic");

        lanes.add("topic", message("topic", "one"));

        assertThat(taken).containsExactly("one");
        assertThat(lanes.size()).isZero();
        assertThat(later).isEmpty();
    }

    @Test
    void what_is_for_a_topic_waits_in_order_and_others_pass() {
        TopicLanes lanes = new TopicLanes(this::later);
        known.add("other");
        lanes.add("topic", message("topic", "one"));
        lanes.add("topic", message("topic", "two"));
        lanes.add("other", message("other", "of another"));
        assertThat(taken).containsExactly("of another");

        known.add("topic");
        lanes.add("topic", message("topic", "three"));
        assertThat(taken).containsExactly("of another");
        runLater();

        assertThat(taken).containsExactly("of another", "one", "two", "three");
        assertThat(lanes.size()).isZero();
        assertThat(later).isEmpty();
    }

    @Test
    void the_pauses_grow_to_a_tenth_of_a_second() {
        TopicLanes lanes = new TopicLanes(this::later);
        lanes.add("topic", message("topic", "one"));

        for (int n = 0; n < 7; n++) {
            runLater();
        }

        assertThat(pauses.stream().map(Duration::toMillis))
                .containsExactly(5L, 10L, 20L, 40L, 80L, 100L, 100L, 100L);
        assertThat(taken).isEmpty();
        assertThat(givenUp).isEmpty();
    }

    @Test
    void what_was_offered_for_long_enough_is_given_up() {
        TopicLanes lanes = new TopicLanes(this::later);
        lanes.add("topic", message("topic", "one"));
        lanes.add("topic", message("topic", "two"));

        overdue = true;
        runLater();

        assertThat(givenUp).containsExactly("one", "two");
        assertThat(lanes.size()).isZero();
    }

    private void later(Duration pause, Runnable work) {
        pauses.add(pause);
        later.add(work);
    }

    private void runLater() {
        later.remove().run();
    }

    private TopicLanes.Parcel message(String topic, String text) {
        return new TopicLanes.Parcel() {
            @Override
            public boolean offer() {
                return known.contains(topic) && taken.add(text);
            }

            @Override
            public boolean isOverdue() {
                return overdue;
            }

            @Override
            public void giveUp() {
                givenUp.add(text);
            }
        };
    }
}
