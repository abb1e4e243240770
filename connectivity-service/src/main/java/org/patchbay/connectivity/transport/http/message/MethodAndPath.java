package org.patchbay.connectivity.transport.http.message;

import java.util.Locale;
import java.util.Set;

/**
 * The address of a message: {@code METHOD:/path?query}.
 *
 * @param path as it stands in the address, not encoded; what follows a question mark is its query
 */
public record MethodAndPath(String method, String path) {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /**
     * Reads an address.
     *
     * @throws Unsendable where it is none
     */
    public static MethodAndPath of(String address) {
        int colon = address.indexOf(':');
        String method = colon < 0 ? "" : address.substring(0, colon).toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new Unsendable(
                    "The address has no method. Allowed: METHOD:/PATH with GET, POST, PUT, PATCH or"
                            + " DELETE.");
        }
        return new MethodAndPath(method, address.substring(colon + 1));
    }
}
