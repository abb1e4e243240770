package org.patchbay.protocol;

import java.util.List;

/**
 * On whose behalf something is done: subjects such as {@code nginx:ditto}, the first one leading.
 */
public record AuthorizationContext(List<String> subjects) {

    public AuthorizationContext {
        subjects = List.copyOf(subjects);
    }

    public static AuthorizationContext of(String... subjects) {
        return new AuthorizationContext(List.of(subjects));
    }
}
