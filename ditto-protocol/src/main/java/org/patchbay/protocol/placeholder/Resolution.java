package org.patchbay.protocol.placeholder;

import java.util.List;
import java.util.Optional;
import org.patchbay.protocol.Problem;

/** What a template comes to for one message. */
public sealed interface Resolution {

    Resolution UNRESOLVED = new Unresolved();

    /** The texts; where one is wanted, the first counts. An empty text is a text. */
    record Resolved(List<String> values) implements Resolution {
        public Resolved {
            values = List.copyOf(values);
        }
    }

    /** A placeholder has no value: a header is left out, an address gets no message. */
    record Unresolved() implements Resolution {}

    /**
     * {@code fn:delete()} applied: a header is left out; an address is the rest.
     *
     * @param rest the text without what was deleted
     */
    record Deleted(String rest) implements Resolution {}

    /**
     * The template itself is wrong (unknown placeholder or function): the message can't be handled.
     */
    record Failed(Problem problem) implements Resolution {}

    static Resolution of(List<String> values) {
        return values.isEmpty() ? UNRESOLVED : new Resolved(values);
    }

    /** All texts; none where this is no {@link Resolved}. */
    default List<String> values() {
        return List.of();
    }

    /**
     * The text, none where it is unresolved or deleted.
     *
     * @throws org.patchbay.protocol.ProblemException where this {@link Failed}
     */
    default Optional<String> text() {
        return switch (this) {
            case Resolved resolved -> Optional.of(resolved.values().getFirst());
            case Unresolved _, Deleted _ -> Optional.empty();
            case Failed failed -> throw failed.problem().asException();
        };
    }
}
