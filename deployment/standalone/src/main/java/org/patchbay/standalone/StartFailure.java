package org.patchbay.standalone;

import java.util.List;

/** Why the program can't run, as a line for its operator, or one for each reason. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    List<String> lines() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
