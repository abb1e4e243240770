package org.patchbay.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchbay.protocol.SignalKind;

class NodeInterestTest {

    @Test
    void subscribers_that_want_the_same_are_one_row() {
        NodeInterest interest =
                NodeInterest.of(List.of(interest("a", Set.of("x")), interest("a", Set.of("y"))));

        assertThat(interest.rows())
                .singleElement()
                .extracting(NodeInterest.Row::extraFields)
                .isEqualTo(Set.of("x", "y"));
    }

    @Test
    void wants_what_one_of_its_subscribers_may_read() {
        NodeInterest.Matcher matcher =
                NodeInterest.of(List.of(interest("a", Set.of()), interest("b", Set.of())))
                        .matcher();

        assertThat(matcher.wants(SignalKind.TWIN_EVENTS, readableBy("b"))).isTrue();
        assertThat(matcher.wants(SignalKind.TWIN_EVENTS, readableBy("c"))).isFalse();
        assertThat(matcher.wants(SignalKind.LIVE_EVENTS, readableBy("b"))).isFalse();
    }

    @Test
    void gets_coarser_where_subscribers_differ_too_much_and_still_wants_all_of_theirs() {
        List<Interest> many =
                IntStream.rangeClosed(0, NodeInterest.ROWS_MAX)
                        .mapToObj(i -> interest("subject-" + i, Set.of("field-" + i)))
                        .toList();

        NodeInterest interest = NodeInterest.of(many);

        assertThat(interest.rows()).hasSize(1);
        assertThat(interest.rows().getFirst().extraFields()).hasSize(many.size());
        assertThat(interest.matcher().wants(SignalKind.TWIN_EVENTS, readableBy("subject-7")))
                .isTrue();
    }

    private static Interest interest(String subject, Set<String> extraFields) {
        return new Interest(
                Set.of(SignalKind.TWIN_EVENTS), Set.of(subject), Set.of("org.acme"), extraFields);
    }

    private static Publication readableBy(String subject) {
        return Samples.publish(Samples.event("org.acme", "boiler", 1), Samples.readableBy(subject));
    }
}
