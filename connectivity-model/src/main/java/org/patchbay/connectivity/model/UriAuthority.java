package org.patchbay.connectivity.model;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a URI leads to: {@code [user@]host[:port]}. More lenient than {@link URI#getHost}, which
 * knows no host with an underscore: names of containers may hold some.
 *
 * @param userInfo as it is written, empty where there is none
 * @param host an IPv6 address without brackets, never empty
 * @param port -1 where none is named
 */
public record UriAuthority(String userInfo, String host, int port) {

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>\\[[^\\]]+]|[^:\\[\\]]+)(:(?<port>\\d{0,9}))?");

    /** Of a URI; null where it names no host. */
    public static @Nullable UriAuthority of(URI uri) {
        String text = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = text.lastIndexOf('@');
        Matcher matcher = HOST_AND_PORT.matcher(text.substring(at + 1));
        if (!matcher.matches()) {
            return null;
        }
        String host = matcher.group("host");
        return new UriAuthority(
                at < 0 ? "" : text.substring(0, at),
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port(matcher.group("port")));
    }

    private static int port(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }
}
