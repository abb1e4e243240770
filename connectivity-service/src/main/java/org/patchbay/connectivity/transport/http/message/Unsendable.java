package org.patchbay.connectivity.transport.http.message;

/** A message of which no request can be made. */
public final class Unsendable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsendable(String why) {
        super(why, null, false, false);
    }

    public String description() {
        return String.valueOf(getMessage());
    }
}
