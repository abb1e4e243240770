package org.patchbay.connectivity.transport.http.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Path and query as AWS signs them, made of what is sent, which is percent-encoded. */
final class CanonicalUri {

    private static final int HEX = 16;
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private CanonicalUri() {}

    /**
     * The path.
     *
     * @param normalized whether empty segments are left out and what is sent is encoded once more,
     *     as all services but S3 have it
     */
    static String path(String sent, boolean normalized) {
        if (sent.isEmpty()) {
            return "/";
        }
        String path = normalized ? SLASHES.matcher(sent).replaceAll("/") : sent;
        return Arrays.stream(path.split("/", -1))
                .map(segment ->
                        encode(
                                normalized
                                        ? segment.getBytes(StandardCharsets.UTF_8)
                                        : decode(segment)))
                .collect(Collectors.joining("/"));
    }

    /** The parameters in order of their encoded names and values. */
    static String query(String sent) {
        if (sent.isEmpty()) {
            return "";
        }
        return Arrays.stream(sent.split("&", -1))
                .filter(parameter -> !parameter.isEmpty())
                .map(CanonicalUri::parameter)
                .sorted((a, b) -> {
                    int byName = a.getFirst().compareTo(b.getFirst());
                    return byName == 0 ? a.getLast().compareTo(b.getLast()) : byName;
                })
                .map(parameter -> String.join("=", parameter))
                .collect(Collectors.joining("&"));
    }

    private static List<String> parameter(String sent) {
        int equals = sent.indexOf('=');
        String name = equals < 0 ? sent : sent.substring(0, equals);
        String value = equals < 0 ? "" : sent.substring(equals + 1);
        return List.of(encode(decode(name)), encode(decode(value)));
    }

    private static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte one : bytes) {
            char letter = (char) (one & 0xff);
            boolean plain =
                    letter >= 'a' && letter <= 'z'
                            || letter >= 'A' && letter <= 'Z'
                            || letter >= '0' && letter <= '9'
                            || "-_.~".indexOf(letter) >= 0;
            if (plain) {
                text.append(letter);
            } else {
                text.append('%').append("%02X".formatted((int) letter));
            }
        }
        return text.toString();
    }

    private static byte[] decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? digit(bytes[i + 1]) : -1;
            int low = high < 0 ? -1 : digit(bytes[i + 2]);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write(high * HEX + low);
                i += 2;
            }
        }
        return decoded.toByteArray();
    }

    private static int digit(byte letter) {
        return Character.digit((char) letter, HEX);
    }
}
