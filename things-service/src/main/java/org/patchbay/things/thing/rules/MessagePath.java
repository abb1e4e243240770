package org.patchbay.things.thing.rules;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.JsonPointer;

/**
 * Where a live message stands: in a box of the thing or of one of its features, under its subject.
 * The sender chooses the box; the subject is the topic's, whatever follows in the sender's path, so
 * that a permission is asked for what the receivers see.
 */
final class MessagePath {

    private static final Set<String> BOXES = Set.of("inbox", "outbox");
    private static final String FEATURES = "features";
    private static final String MESSAGES = "messages";

    private MessagePath() {}

    /** The path; null where the sender names no box, or the topic no subject. */
    static @Nullable JsonPointer of(Signal message) {
        String subject = message.topic().action();
        JsonPointer path = message.path();
        int box = path.depth() > 0 && path.segment(0).equals(FEATURES) ? 2 : 0;
        if (subject == null || path.depth() <= box || !BOXES.contains(path.segment(box))) {
            return null;
        }
        if (stands(path, box, subject)) {
            return path;
        }
        JsonPointer fitting = path.first(box + 1).append(MESSAGES);
        return fitting.append(new JsonPointer(List.of(subject.split("/", -1))));
    }

    /** As nearly always: there is nothing to mend. */
    private static boolean stands(JsonPointer path, int box, String subject) {
        return path.depth() == box + 3
                && path.segment(box + 1).equals(MESSAGES)
                && path.segment(box + 2).equals(subject)
                && subject.indexOf('/') < 0;
    }
}
