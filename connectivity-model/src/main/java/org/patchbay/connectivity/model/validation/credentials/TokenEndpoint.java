package org.patchbay.connectivity.model.validation.credentials;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.UriAuthority;
import org.patchbay.connectivity.model.problems.Findings;

/** Where OAuth tokens come from. */
public final class TokenEndpoint {

    public static final String POINTER = "/credentials/tokenEndpoint";

    private TokenEndpoint() {}

    static void check(String text, Findings findings) {
        if (host(text) == null) {
            findings.wrong(
                    POINTER,
                    "The text is no URL of a token endpoint.",
                    "Allowed: https://HOST[:PORT]/PATH.");
        }
    }

    /** The endpoint's host without brackets, or null where the text is no such URL. */
    public static @Nullable String host(String text) {
        try {
            URI uri = new URI(text);
            UriAuthority authority = UriAuthority.of(uri);
            boolean http =
                    "http".equalsIgnoreCase(uri.getScheme())
                            || "https".equalsIgnoreCase(uri.getScheme());
            return http && authority != null ? authority.host() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
