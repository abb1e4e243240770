package org.patchbay.gateway.authentication.token;

import java.net.URI;
import java.util.Locale;

/**
 * What an issuer is called in its tokens, and where it is found.
 *
 * @param protocol http or https
 * @param place without protocol, and without a slash at its end: {@code idp.example.com/realms/x}
 */
public record IssuerAddress(String protocol, String place) {

    private static final String SEPARATOR = "://";

    public IssuerAddress {
        if (!protocol.equals("http") && !protocol.equals("https")) {
            throw new IllegalArgumentException("no protocol for an issuer: " + protocol);
        }
        URI uri = URI.create(protocol + SEPARATOR + place);
        if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("no place of an issuer: " + place);
        }
    }

    /** Reads an address; one without a protocol has the given one. */
    static IssuerAddress parse(String text, String protocol) {
        String bare = text.strip();
        int at = bare.indexOf(SEPARATOR);
        return new IssuerAddress(
                at < 0 ? protocol : bare.substring(0, at).toLowerCase(Locale.ROOT), place(bare));
    }

    /**
     * Whether a token's claim {@code iss} means this one. Some issuers leave out their protocol; a
     * protocol that is there must be ours.
     */
    boolean isMeantBy(String issuerClaim) {
        int at = issuerClaim.indexOf(SEPARATOR);
        return (at < 0 || issuerClaim.substring(0, at).equalsIgnoreCase(protocol))
                && place(issuerClaim).equals(place);
    }

    /** Where the issuer describes itself. */
    URI discovery() {
        return URI.create(this + "/.well-known/openid-configuration");
    }

    /** Without protocol and without slashes at the end. */
    static String place(String text) {
        int at = text.indexOf(SEPARATOR);
        String place = at < 0 ? text : text.substring(at + SEPARATOR.length());
        int end = place.length();
        while (end > 0 && place.charAt(end - 1) == '/') {
            end--;
        }
        return place.substring(0, end);
    }

    @Override
    public String toString() {
        return protocol + SEPARATOR + place;
    }
}
