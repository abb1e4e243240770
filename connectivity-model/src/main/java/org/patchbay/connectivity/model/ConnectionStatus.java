package org.patchbay.connectivity.model;

import java.util.Locale;

/** The status an operator wants, and with the last two the status that is. */
public enum ConnectionStatus {
    OPEN,
    CLOSED,
    UNKNOWN,
    FAILED,
    MISCONFIGURED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
