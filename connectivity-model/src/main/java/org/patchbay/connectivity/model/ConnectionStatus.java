package org.patchbay.connectivity.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /** The status of this name, or null where there is none. */
    public static @Nullable ConnectionStatus ofWireName(String name) {
        for (ConnectionStatus status : values()) {
            if (status.wireName().equals(name)) {
                return status;
            }
        }
        return null;
    }
}
