package org.patchbay.connectivity.transport.http.wire;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.UriAuthority;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/**
 * Whom a request is for: what is meant for one origin is not told to another.
 *
 * @param scheme {@code http} or {@code https}
 * @param host an IPv6 address without brackets
 */
public record Origin(String scheme, String host, int port) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int PORT_MAX = 65_535;

    public Origin {
        host = host.toLowerCase(Locale.ROOT);
    }

    public static Origin of(Endpoint endpoint) {
        return new Origin(endpoint.scheme(), endpoint.host(), endpoint.port());
    }

    /** The origin of a URI; null where it is not HTTP's, or names no host or a wrong port. */
    public static @Nullable Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        UriAuthority authority = UriAuthority.of(uri);
        if (!scheme.equals("http") && !scheme.equals("https") || authority == null) {
            return null;
        }
        int implied = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        int port = authority.port() < 0 ? implied : authority.port();
        return port == 0 || port > PORT_MAX ? null : new Origin(scheme, authority.host(), port);
    }

    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** As a {@code Host} header has it: without the port that the scheme implies. */
    public String authority() {
        return isImpliedPort() ? bracketed() : bracketed() + ":" + port;
    }

    boolean isImpliedPort() {
        return port == (isSecure() ? HTTPS_PORT : HTTP_PORT);
    }

    /** The host as it stands before a port. */
    String bracketed() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    Endpoint endpoint() {
        return new Endpoint(scheme, host, port, null, null);
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
