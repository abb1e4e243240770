package org.patchbay.connectivity.mapping.javascript;

/**
 * Ends a script that takes too much. An error, because a script can catch exceptions but no errors.
 */
final class LimitExceeded extends Error {
    private static final long serialVersionUID = 1L;

    LimitExceeded(String why) {
        super(why, null, false, false);
    }
}
