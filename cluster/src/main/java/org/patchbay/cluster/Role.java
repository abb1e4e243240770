package org.patchbay.cluster;

import java.util.Locale;

/** What a node does; a standalone node has all roles. */
public enum Role {
    GATEWAY,
    CONNECTIVITY,
    THINGS;

    /** The cluster role's name. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
