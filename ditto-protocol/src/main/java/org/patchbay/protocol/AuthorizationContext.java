package org.patchbay.protocol;

import java.util.List;

/**
 * On whose behalf something is done: subjects such as {@code nginx:ditto}, the first one leading.
 *
 * @param sudo whether no policy is asked: for operators, never from what a client can send
 */
public record AuthorizationContext(List<String> subjects, boolean sudo) {

    /** May do everything. */
    public static final AuthorizationContext SUDO = new AuthorizationContext(List.of(), true);

    public AuthorizationContext {
        subjects = List.copyOf(subjects);
    }

    public AuthorizationContext(List<String> subjects) {
        this(subjects, false);
    }

    public static AuthorizationContext of(String... subjects) {
        return new AuthorizationContext(List.of(subjects));
    }
}
