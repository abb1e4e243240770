package org.patchbay.connectivity.transport.http.message;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** Which headers of a message go along with its request, and which come back with the answer. */
public final class HttpHeaders {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** What is between us and the next server. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "raw-request-uri",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    /** What says how a signal is dealt with, which is not for the endpoint to say. */
    private static final Set<String> OF_SIGNALS =
            Set.of(
                    HeaderDefinition.DECLARED_ACKS,
                    HeaderDefinition.REPLY_TO,
                    HeaderDefinition.REQUESTED_ACKS,
                    HeaderDefinition.RESPONSE_REQUIRED,
                    HeaderDefinition.TIMEOUT);

    private HttpHeaders() {}

    /**
     * What is sent. What HTTP has no way to send is left out: names that are no tokens, values with
     * line breaks.
     *
     * @throws Unsendable where the content type is none
     */
    public static Headers sent(Headers headers, boolean withBody) {
        Map<String, String> sent = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean ours =
                    OF_THE_CONNECTION.contains(lower)
                            || lower.equals(UriPrefix.PATH_HEADER)
                            || lower.equals(UriPrefix.QUERY_HEADER);
            if (lower.equals(HeaderDefinition.CONTENT_TYPE)) {
                if (withBody) {
                    sent.put(name, contentType(value));
                }
            } else if (!ours && TOKEN.matcher(name).matches() && isOneLine(value)) {
                sent.put(name, inBytes(value.strip()));
            }
        });
        return Headers.of(sent);
    }

    /** As it goes out, so that it is signed as such. */
    private static String contentType(String value) {
        try {
            return ContentTypes.parse(value).toString();
        } catch (RuntimeException e) {
            throw new Unsendable("'" + value + "' is no content type.");
        }
    }

    private static boolean isOneLine(String value) {
        return value.chars().noneMatch(letter -> letter < ' ' && letter != '\t' || letter == 0x7f);
    }

    /** A character for each byte in UTF-8, for headers are bytes. */
    private static String inBytes(String value) {
        boolean ascii = value.chars().allMatch(letter -> letter < 0x80);
        return ascii
                ? value
                : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** What came with an answer, as headers of an acknowledgement. */
    static Headers received(Headers headers) {
        return headers.without(OF_THE_CONNECTION).without(OF_SIGNALS).withoutInternal();
    }
}
