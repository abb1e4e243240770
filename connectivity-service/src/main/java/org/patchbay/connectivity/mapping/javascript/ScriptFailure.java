package org.patchbay.connectivity.mapping.javascript;

/** Why a script's result is of no use, in words for who wrote the script. */
final class ScriptFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptFailure(String why) {
        super(why, null, false, false);
    }
}
