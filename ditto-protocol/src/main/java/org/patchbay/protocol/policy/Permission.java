package org.patchbay.protocol.policy;

/** The permissions that mean something to us; a policy may hold others. */
public final class Permission {

    public static final String READ = "READ";
    public static final String WRITE = "WRITE";
    public static final String EXECUTE = "EXECUTE";

    private Permission() {}
}
