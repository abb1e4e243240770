package org.patchbay.connectivity.transport.http.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;

/**
 * Path and query of the connection's uri, which go before those of each address.
 *
 * @param path without a slash at its end
 */
public record UriPrefix(String path, String query) {

    /** Takes the place of the whole path. */
    static final String PATH_HEADER = "http.path";

    /** Takes the place of the whole query. */
    static final String QUERY_HEADER = "http.query";

    /** What may stand in a path as it is, besides letters and digits; a slash divides it. */
    private static final String IN_PATH = "-._~!$&'()*+,;=:@/";

    private static final String IN_QUERY = IN_PATH + "?";
    private static final int HEX = 16;

    public static UriPrefix of(String pathAndQuery) {
        String path = beforeQuery(pathAndQuery);
        return new UriPrefix(
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                query(pathAndQuery));
    }

    /**
     * Path and query of a request, percent-encoded where they have to be. What is encoded already
     * stays as it is.
     *
     * @throws Unsendable where the path leads upwards: part of it comes from outside, and must not
     *     lead out of where the connection's uri points to
     */
    public String target(MethodAndPath address, Headers headers) {
        String ownPath = headers.get(PATH_HEADER);
        String whole = ownPath == null ? path + rooted(beforeQuery(address.path())) : ownPath;
        String encoded = encode(rooted(whole), IN_PATH);
        if (leadsUpwards(encoded)) {
            throw new Unsendable("The path has a part that is '.' or '..', which is not sent.");
        }
        String parameters = encode(parameters(address, headers.get(QUERY_HEADER)), IN_QUERY);
        return parameters.isEmpty() ? encoded : encoded + "?" + parameters;
    }

    private String parameters(MethodAndPath address, @Nullable String own) {
        if (own != null) {
            return own.startsWith("?") ? own.substring(1) : own;
        }
        String ofAddress = query(address.path());
        return query.isEmpty() || ofAddress.isEmpty() ? query + ofAddress : query + "&" + ofAddress;
    }

    private static String rooted(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    private static String beforeQuery(String text) {
        int mark = text.indexOf('?');
        return mark < 0 ? text : text.substring(0, mark);
    }

    private static String query(String text) {
        int mark = text.indexOf('?');
        return mark < 0 ? "" : text.substring(mark + 1);
    }

    private static boolean leadsUpwards(String encoded) {
        return Arrays.stream(encoded.split("/", -1))
                .map(part -> part.replace("%2e", ".").replace("%2E", "."))
                .anyMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static String encode(String text, String allowed) {
        StringBuilder encoded = new StringBuilder(text.length());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char letter = (char) (bytes[i] & 0xff);
            if (isPlain(letter) || allowed.indexOf(letter) >= 0 || isEncoded(bytes, i)) {
                encoded.append(letter);
            } else {
                encoded.append("%%%02X".formatted((int) letter));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char letter) {
        return letter >= 'a' && letter <= 'z'
                || letter >= 'A' && letter <= 'Z'
                || letter >= '0' && letter <= '9';
    }

    private static boolean isEncoded(byte[] bytes, int at) {
        return bytes[at] == '%'
                && at + 2 < bytes.length
                && Character.digit((char) bytes[at + 1], HEX) >= 0
                && Character.digit((char) bytes[at + 2], HEX) >= 0;
    }
}
