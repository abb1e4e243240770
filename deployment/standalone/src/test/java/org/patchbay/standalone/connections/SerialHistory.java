package org.patchbay.standalone.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for the one order of requests that explains all their answers. Each change of a connection
 * has a revision, so the order of the changes is given: what has to be found is whether each of
 * them was possible then, whether everything else was true at some time while it was asked, and
 * whether nothing came after what began when it was over.
 */
final class SerialHistory {

    /** What a connection was: there, under a name, or not there, where the name is empty. */
    record State(long revision, String name) {
        boolean exists() {
            return !name.isEmpty();
        }
    }

    /** A request from its beginning to its end, and what it was about. */
    sealed interface Answered {
        long began();

        long ended();
    }

    /**
     * A change that happened.
     *
     * @param name what the connection was called from then on; empty for a deletion
     * @param possible in which states it could happen
     */
    record Changed(
            String what,
            long began,
            long ended,
            long revision,
            String name,
            Predicate<State> possible)
            implements Answered {}

    /**
     * What was read, or the reason why nothing happened.
     *
     * @param holds in which states this was the right answer
     */
    record Seen(String what, long began, long ended, Predicate<State> holds) implements Answered {}

    private final List<Changed> changes;
    private final List<State> states = new ArrayList<>();

    private SerialHistory(List<Changed> changes) {
        this.changes = changes;
    }

    /** The states that a connection went through, the one before all changes first. */
    static List<State> explain(String id, List<Answered> answers) {
        SerialHistory history =
                new SerialHistory(
                        answers.stream()
                                .filter(Changed.class::isInstance)
                                .map(Changed.class::cast)
                                .sorted(Comparator.comparingLong(Changed::revision))
                                .toList());
        history.replay(id);
        history.respectsTime(id);
        answers.stream()
                .filter(Seen.class::isInstance)
                .forEach(seen -> history.explains(id, (Seen) seen));
        return history.states;
    }

    private void replay(String id) {
        states.add(new State(0, ""));
        for (Changed change : changes) {
            State before = states.getLast();
            assertThat(change.revision())
                    .as("%s: revision of %s", id, change.what())
                    .isEqualTo(before.revision() + 1);
            assertThat(change.possible().test(before))
                    .as("%s: %s after %s", id, change.what(), before)
                    .isTrue();
            states.add(new State(change.revision(), change.name()));
        }
    }

    private void respectsTime(String id) {
        for (Changed earlier : changes) {
            for (Changed later : changes) {
                if (later.revision() > earlier.revision()) {
                    assertThat(later.ended())
                            .as("%s: %s before %s", id, earlier.what(), later.what())
                            .isGreaterThan(earlier.began());
                }
            }
        }
    }

    private void explains(String id, Seen seen) {
        long first =
                changes.stream()
                        .filter(change -> change.ended() < seen.began())
                        .mapToLong(Changed::revision)
                        .max()
                        .orElse(0);
        long last =
                changes.stream()
                        .filter(change -> change.began() > seen.ended())
                        .mapToLong(change -> change.revision() - 1)
                        .min()
                        .orElse(states.getLast().revision());
        assertThat(states.subList((int) first, (int) last + 1))
                .as("%s: %s while one of these", id, seen.what())
                .anyMatch(seen.holds());
    }
}
