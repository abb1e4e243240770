package org.patchbay.connectivity.transport.amqp10.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

class RunTest {

    private static final PublishResult FULL = new PublishResult(503, Headers.EMPTY, null);

    private final Run run = new Run();

    @Test
    void one_that_waits_behind_others_may_get_credit_from_their_answers() {
        run.leaves();
        run.hasLeft();
        run.leaves();

        assertThat(run.isHeldBack()).isFalse();

        run.answered();

        assertThat(run.isHeldBack()).isTrue();
    }

    @Test
    void one_that_has_left_is_not_held_back() {
        run.leaves();
        run.hasLeft();

        assertThat(run.isHeldBack()).isFalse();
    }

    @Test
    void it_ends_with_the_first_answer_of_those_that_end_it() {
        assertThat(run.end()).isNull();

        run.end(FULL);
        run.end(new PublishResult(503, Headers.EMPTY, null, true));

        assertThat(run.end()).isSameAs(FULL);
    }
}
