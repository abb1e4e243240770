package org.patchbay.connectivity.monitoring.account;

/** How a message's way through a connection ends. */
public enum Outcome {
    /** It is where it was to go: with its entity, or with the broker. */
    DONE,
    /** A target's topics did not select it. */
    FILTERED,
    /** Nobody wanted it, or there was no room for it. */
    DROPPED,
    /** Something went wrong with it. */
    FAILED
}
