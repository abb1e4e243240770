package org.patchbay.connectivity.transport.http.oauth;

import org.jspecify.annotations.Nullable;

/** There is no token to send a request with. */
public final class NoToken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private NoToken(boolean refused, String words, @Nullable Throwable cause) {
        super(words, cause, false, false);
        this.refused = refused;
    }

    /** The token endpoint does not let the connection in. */
    static NoToken refused(String words) {
        return new NoToken(true, words, null);
    }

    /** It could not be asked, or its answer is none. */
    static NoToken unavailable(String words, @Nullable Throwable cause) {
        return new NoToken(false, words, cause);
    }

    /** Whether the credentials are wrong, instead of the endpoint being away for a while. */
    public boolean isRefused() {
        return refused;
    }

    public String description() {
        return String.valueOf(getMessage());
    }
}
