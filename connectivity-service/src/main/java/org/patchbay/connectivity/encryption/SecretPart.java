package org.patchbay.connectivity.encryption;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a text is secret, and what stands around it. */
record SecretPart(String before, String secret, String after) {

    /** The authority ends before a slash, a question mark or a hash; its last {@code @} counts. */
    private static final Pattern WITH_PASSWORD =
            Pattern.compile(
                    "(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^/?#@:]*:)"
                            + "(?<secret>[^/?#]+)"
                            + "(?<after>@[^/?#@]*([/?#].*)?)",
                    Pattern.DOTALL);

    private static final Pattern WITHOUT_PASSWORD =
            Pattern.compile(
                    "[A-Za-z][A-Za-z0-9+.-]*://([^/?#@:]*:?@)?(\\[[^/?#@]*]|[^/?#@:]*)(:\\d*)?([/?#].*)?",
                    Pattern.DOTALL);

    static SecretPart whole(String text) {
        return new SecretPart("", text, "");
    }

    /**
     * The password of a URI, or null where it has none. All of a text that is no clear URI: who
     * knows what of it is secret.
     */
    static @Nullable SecretPart ofUri(String text) {
        Matcher parts = WITH_PASSWORD.matcher(text);
        if (parts.matches()) {
            return new SecretPart(
                    parts.group("before"), parts.group("secret"), parts.group("after"));
        }
        return WITHOUT_PASSWORD.matcher(text).matches() ? null : whole(text);
    }

    /** What is encrypted of a text, or null where nothing is. */
    static @Nullable SecretPart sealedIn(String text) {
        if (!text.contains(SealedText.PREFIX)) {
            return null;
        }
        SecretPart part = SealedText.is(text) ? whole(text) : ofUri(text);
        return part != null && SealedText.is(part.secret) ? part : null;
    }

    /** Of what {@link #sealedIn} has found. */
    SealedText sealed() {
        return Objects.requireNonNull(SealedText.parse(secret));
    }

    String with(String other) {
        return before + other + after;
    }

    @Override
    public String toString() {
        return before + "***" + after;
    }
}
