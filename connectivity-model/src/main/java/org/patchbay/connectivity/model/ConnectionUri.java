package org.patchbay.connectivity.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.problems.ConnectionProblems;

/**
 * Where a connection connects to: {@code scheme://[user[:password]@]host:port[/path]}. {@link
 * #toString} leaves the password out; {@link #reveal} does not.
 *
 * @param scheme in lower case
 * @param username decoded
 * @param path with its query, empty where there is none
 * @param raw the whole text as the operator wrote it
 */
public record ConnectionUri(
        String scheme,
        @Nullable String username,
        @Nullable Secret password,
        String host,
        int port,
        String path,
        Secret raw) {

    private static final int PORT_MAX = 65_535;

    public static final ConnectionUri NONE = unread("");

    /**
     * Reads a URI; one without scheme, host or port is the problem {@code
     * connectivity:connection.uri.invalid}.
     */
    public static ConnectionUri parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw ConnectionProblems.uriInvalid(redactUnclear(text), e.getReason()).asException();
        }
        if (uri.getScheme() == null) {
            throw ConnectionProblems.uriInvalid(redactUnclear(text), "it names no scheme")
                    .asException();
        }
        UriAuthority authority = UriAuthority.of(uri);
        if (authority == null) {
            throw ConnectionProblems.uriInvalid(redactUnclear(text), "it names no host")
                    .asException();
        }
        if (authority.port() <= 0 || authority.port() > PORT_MAX) {
            throw ConnectionProblems.uriInvalid(redactUnclear(text), "it names no port")
                    .asException();
        }
        return of(uri, authority, text);
    }

    /** A URI that means nothing, because the type's endpoint stands elsewhere, as hono's does. */
    public static ConnectionUri unread(String text) {
        return new ConnectionUri("", null, null, "", -1, "", new Secret(text));
    }

    private static ConnectionUri of(URI uri, UriAuthority authority, String text) {
        String userInfo = authority.userInfo();
        int colon = userInfo.indexOf(':');
        String username = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new ConnectionUri(
                uri.getScheme().toLowerCase(Locale.ROOT),
                userInfo.isEmpty() ? null : decode(username),
                colon < 0 ? null : new Secret(decode(userInfo.substring(colon + 1))),
                authority.host(),
                authority.port(),
                uri.getRawPath() + query,
                new Secret(text));
    }

    /** The whole text with its password. */
    public String reveal() {
        return raw.reveal();
    }

    /** This URI with another user. */
    public ConnectionUri as(String newUsername, Secret newPassword) {
        String text = raw.reveal();
        int authority = text.indexOf("//") + 2;
        int at = text.lastIndexOf('@', endOfAuthority(text, authority));
        return parse(
                text.substring(0, authority)
                        + encode(newUsername)
                        + ":"
                        + encode(newPassword.reveal())
                        + "@"
                        + text.substring(Math.max(at + 1, authority)));
    }

    /**
     * This URI with another password, if it has one. What is given and returned is the password as
     * it stands in the text, percent-encoded.
     */
    public ConnectionUri withPassword(UnaryOperator<Secret> other) {
        String text = raw.reveal();
        int[] range = password(text);
        if (range.length == 0) {
            return this;
        }
        Secret before = new Secret(text.substring(range[0], range[1]));
        Secret after = other.apply(before);
        if (after.equals(before)) {
            return this;
        }
        String changed = text.substring(0, range[0]) + after.reveal() + text.substring(range[1]);
        return scheme.isEmpty() ? unread(changed) : parse(changed);
    }

    /** This URI at another host and port, as through a tunnel; everything else stays. */
    public ConnectionUri at(String newHost, int newPort) {
        String text = raw.reveal();
        int authority = text.indexOf("//") + 2;
        int end = endOfAuthority(text, authority);
        int user = text.lastIndexOf('@', end) + 1;
        String shownHost = newHost.indexOf(':') < 0 ? newHost : "[" + newHost + "]";
        String moved =
                text.substring(0, Math.max(user, authority))
                        + shownHost
                        + ":"
                        + newPort
                        + text.substring(end);
        return new ConnectionUri(
                scheme, username, password, newHost, newPort, path, new Secret(moved));
    }

    /** The text with {@code ***} for its password: for logs, status and errors. */
    @Override
    public String toString() {
        return redact(raw.reveal());
    }

    private static String redact(String text) {
        int[] range = password(text);
        return range.length == 0
                ? text
                : text.substring(0, range[0]) + "***" + text.substring(range[1]);
    }

    /** Of a text that is no URI all is left out that may be a password. */
    private static String redactUnclear(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return text;
        }
        int slashes = text.indexOf("//");
        int user = slashes < 0 || slashes > at ? 0 : slashes + 2;
        int colon = text.indexOf(':', user);
        int from = colon < 0 || colon > at ? user : colon + 1;
        return text.substring(0, from) + "***" + text.substring(at);
    }

    /** From where to where the password stands in the text; empty where there is none. */
    private static int[] password(String text) {
        int authority = text.indexOf("//");
        int at = authority < 0 ? -1 : text.lastIndexOf('@', endOfAuthority(text, authority + 2));
        int colon = at < 0 ? -1 : text.indexOf(':', authority);
        return colon < 0 || colon > at ? new int[0] : new int[] {colon + 1, at};
    }

    private static int endOfAuthority(String text, int from) {
        int end = from;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Percent-decodes; unlike in a form, a plus sign is a plus sign. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
