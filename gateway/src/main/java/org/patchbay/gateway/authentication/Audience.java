package org.patchbay.gateway.authentication;

/** Whom a resource is for. */
public enum Audience {
    /** Users of twins and policies. */
    API,
    /** The operator. */
    DEVOPS,
    /** The operator, or whoever only may see the status; others are let in as nobody. */
    STATUS,
    /** Everybody. */
    OPEN
}
