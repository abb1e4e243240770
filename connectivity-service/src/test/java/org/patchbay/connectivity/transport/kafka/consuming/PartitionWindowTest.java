package org.patchbay.connectivity.transport.kafka.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.transport.kafka.consuming.PartitionWindow.Entry;

class PartitionWindowTest {

    private static final int MAX = 4;

    private final List<Long> gone = new ArrayList<>();
    private final PartitionWindow window = new PartitionWindow(MAX, gone::add);

    @Test
    void what_is_settled_behind_a_gap_is_not_committed() {
        come(10, 11, 12);
        Entry first = enter();
        Entry second = enter();

        window.settle(second);
        assertThat(window.uncommitted()).isNull();

        window.settle(first);
        assertThat(offset()).isEqualTo(12);
    }

    @Test
    void what_is_committed_is_not_committed_again() {
        come(10);
        window.settle(enter());

        window.committed(window.uncommitted());

        assertThat(window.uncommitted()).isNull();
    }

    @Test
    void offsets_may_be_missing() {
        come(10, 15);
        window.settle(enter());
        window.settle(enter());

        assertThat(offset()).isEqualTo(16);
    }

    @Test
    void a_partition_that_was_made_anew_begins_anew() {
        come(10, 11);
        Entry ofBefore = enter();
        window.settle(enter());

        come(0, 1);

        assertThat(window.next().offset()).isEqualTo(0);
        window.settle(enter());
        window.settle(ofBefore);
        assertThat(offset()).isEqualTo(1);
    }

    @Test
    void a_bounded_number_is_ahead_of_the_first_that_is_not_settled() {
        come(LongStream.range(0, 2 * MAX).toArray());
        enter();
        for (int n = 1; n < MAX; n++) {
            window.settle(enter());
        }

        assertThat(window.next()).isNull();
        assertThat(window.hasRoom()).isFalse();
    }

    @Test
    void that_there_is_room_again_is_told_once_when_half_of_it_is() {
        come(LongStream.range(0, 2 * MAX).toArray());
        List<Entry> all = new ArrayList<>();
        for (int n = 0; n < MAX; n++) {
            all.add(enter());
        }

        // The first one holds back the second, and both make room for half of all.
        assertThat(window.settle(all.get(1))).isFalse();
        assertThat(window.settle(all.get(0))).isTrue();
        assertThat(window.settle(all.get(2))).isFalse();
    }

    @Test
    void of_what_is_read_again_only_what_is_wanted_is_handed_on() {
        come(0, 1, 2);
        Entry first = enter();
        Entry second = enter();
        Entry third = enter();
        window.settle(first);
        window.settle(third);
        window.wantAgain(second, 100);

        assertThat(window.readAgain(99)).isNull();
        assertThat(window.readAgain(100)).isEqualTo(1);
        come(1, 2, 3);

        assertThat(window.next().offset()).isEqualTo(1);
        window.settle(enter());
        assertThat(window.next().offset()).isEqualTo(3);
        assertThat(offset()).isEqualTo(3);
        assertThat(gone).isEmpty();
    }

    @Test
    void what_comes_to_be_wanted_while_others_are_read_again_is_read_again_next() {
        come(0, 1);
        Entry first = enter();
        Entry second = enter();
        window.wantAgain(second, 0);
        assertThat(window.readAgain(0)).isEqualTo(1);
        window.wantAgain(first, 0);
        come(1);
        assertThat(window.next().offset()).isEqualTo(1);
        window.settle(enter());

        assertThat(window.readAgain(0)).isZero();
    }

    @Test
    void what_is_under_way_and_then_wanted_again_is_not_taken_for_gone() {
        come(0, 1, 2);
        Entry first = enter();
        Entry second = enter();
        Entry third = enter();
        window.wantAgain(first, 0);
        window.wantAgain(third, 0);
        assertThat(window.readAgain(0)).isZero();
        come(0, 1, 2);
        enter();
        assertThat(window.next().offset()).isEqualTo(2);

        window.wantAgain(second, 0);
        enter();
        come(3);

        assertThat(window.next().offset()).isEqualTo(3);
        assertThat(gone).isEmpty();
        assertThat(window.readAgain(0)).isEqualTo(1);
    }

    @Test
    void what_is_wanted_again_and_there_no_more_holds_up_nothing() {
        come(0, 1);
        Entry first = enter();
        window.settle(enter());
        window.wantAgain(first, 0);
        window.readAgain(0);

        come(5);

        assertThat(window.next().offset()).isEqualTo(5);
        assertThat(gone).containsExactly(0L);
        assertThat(offset()).isEqualTo(2);
    }

    @Test
    void nothing_is_begun_once_the_partition_is_somebody_elses() {
        come(0, 1);
        Entry begun = enter();
        Entry waiting = enter();
        assertThat(window.begin(begun)).isTrue();

        window.close();

        assertThat(window.begin(waiting)).isFalse();
        assertThat(window.isBusy()).isTrue();
        window.settle(begun);
        assertThat(window.isBusy()).isFalse();
        assertThat(offset()).isEqualTo(1);
    }

    @Test
    void where_reading_begins_is_committed() {
        window.beginAt(7);

        assertThat(window.uncommitted()).isEqualTo(new OffsetAndMetadata(7, "patchbay"));
    }

    private Entry enter() {
        assertThat(window.next()).isNotNull();
        return window.enter();
    }

    private long offset() {
        return window.uncommitted().offset();
    }

    private void come(long... offsets) {
        window.add(
                LongStream.of(offsets)
                        .mapToObj(offset ->
                                new ConsumerRecord<>("topic", 0, offset, new byte[0], new byte[0]))
                        .toList());
    }
}
