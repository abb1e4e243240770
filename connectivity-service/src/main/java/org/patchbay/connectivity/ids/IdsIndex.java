package org.patchbay.connectivity.ids;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.ids.IdsMessage.Erased;
import org.patchbay.connectivity.ids.IdsMessage.Present;
import org.patchbay.connectivity.ids.IdsMessage.Update;

/**
 * What is known of each id. Deleted ones are kept, so that a late update does not bring them back
 * and nobody asks for them again.
 */
final class IdsIndex {

    private final TreeMap<String, Update> known = new TreeMap<>();

    void note(Update update) {
        if (update instanceof Erased) {
            known.remove(update.id());
            return;
        }
        known.merge(
                update.id(),
                update,
                (old, young) -> young.revision() >= old.revision() ? young : old);
    }

    /** All that is known now, to compare with what the store holds. */
    Map<String, Update> known() {
        return Map.copyOf(known);
    }

    /** Drops what the store does not hold, unless there has been news of it since. */
    void drop(Map<String, Update> notStored) {
        notStored.forEach(known::remove);
    }

    List<String> all() {
        return where(_ -> true);
    }

    /** At most this many, from the one after {@code after} on; null for the first ones. */
    List<String> page(@Nullable String after, int limit) {
        return (after == null ? known : known.tailMap(after, false))
                .values().stream()
                        .filter(Present.class::isInstance)
                        .map(Update::id)
                        .limit(Math.max(limit, 0))
                        .toList();
    }

    List<String> tagged(String tag) {
        return where(present -> present.tags().contains(tag));
    }

    List<String> open() {
        return where(Present::open);
    }

    private List<String> where(Predicate<Present> predicate) {
        return known.values().stream()
                .filter(update -> update instanceof Present present && predicate.test(present))
                .map(Update::id)
                .toList();
    }
}
