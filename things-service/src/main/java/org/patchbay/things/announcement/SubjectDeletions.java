package org.patchbay.things.announcement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which deletions of subjects a policy wants to be announced. */
final class SubjectDeletions {

    private SubjectDeletions() {}

    /** The subjects that want to hear of their end; none where there is no policy. */
    static Set<SubjectDeletion> in(@Nullable JsonNode policy) {
        Set<SubjectDeletion> all = new LinkedHashSet<>();
        if (policy != null) {
            for (JsonNode entry : policy.path("entries")) {
                for (Map.Entry<String, JsonNode> it : entry.path("subjects").properties()) {
                    if (it.getValue().path("announcement").isObject()) {
                        all.add(new SubjectDeletion(it.getKey(), it.getValue()));
                    }
                }
            }
        }
        return all;
    }

    /** Those that a change has deleted: a subject that stands elsewhere still is not. */
    static Set<SubjectDeletion> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        Set<String> left = new HashSet<>();
        in(after).forEach(subject -> left.add(subject.subjectId()));
        Set<SubjectDeletion> gone = in(before);
        gone.removeIf(it -> left.contains(it.subjectId()) || !it.whenDeleted());
        return gone;
    }
}
