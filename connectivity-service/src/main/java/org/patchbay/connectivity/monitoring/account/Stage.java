package org.patchbay.connectivity.monitoring.account;

import java.util.Locale;

/** How far a message came, in the order of the way in and of the way out. */
public enum Stage {
    RECEIVING,
    FILTERING,
    MAPPING,
    ENFORCEMENT,
    AUTHORIZATION,
    DISPATCH,
    ADDRESSING,
    PUBLISHING;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
