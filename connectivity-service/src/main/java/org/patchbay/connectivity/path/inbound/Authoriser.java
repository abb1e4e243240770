package org.patchbay.connectivity.path.inbound;

import java.util.List;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Template;

/** The authorization context of a source or a target, whose subjects may hold placeholders. */
final class Authoriser {

    private final List<Template> subjects;
    private final boolean constant;
    private final AuthorizationContext literal;

    private Authoriser(List<String> subjects) {
        this.subjects = subjects.stream().map(Template::parse).toList();
        this.constant = this.subjects.stream().allMatch(Template::isConstant);
        this.literal = new AuthorizationContext(subjects);
    }

    static Authoriser of(List<String> subjects) {
        return new Authoriser(subjects);
    }

    /** The subjects for one message; one that is not resolved is nobody. */
    AuthorizationContext of(Placeholders placeholders) {
        if (constant) {
            return literal;
        }
        return new AuthorizationContext(
                subjects.stream()
                        .flatMap(subject -> subject.resolve(placeholders).values().stream())
                        .toList());
    }
}
