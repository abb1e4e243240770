package org.patchbay.connectivity.transport;

import org.jspecify.annotations.Nullable;

/** Why a link could not be made or was lost, in words for the operator. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is: {@code USER} shows as misconfigured, {@code SYSTEM} as failed. */
    public enum Blame {
        USER,
        SYSTEM
    }

    private final Blame blame;

    private Failure(Blame blame, String description, @Nullable Throwable cause) {
        super(description, cause, false, false);
        this.blame = blame;
    }

    /** Wrong credentials, a refused subscription: only a change of the configuration mends it. */
    public static Failure byUser(String description, @Nullable Throwable cause) {
        return new Failure(Blame.USER, description, cause);
    }

    /** The broker can't be reached or went away: it may mend itself. */
    public static Failure bySystem(String description, @Nullable Throwable cause) {
        return new Failure(Blame.SYSTEM, description, cause);
    }

    public Blame blame() {
        return blame;
    }

    public String description() {
        return String.valueOf(getMessage());
    }
}
