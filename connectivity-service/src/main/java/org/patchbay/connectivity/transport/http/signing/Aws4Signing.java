package org.patchbay.connectivity.transport.http.signing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.patchbay.connectivity.transport.signing.HmacSha256;
import org.patchbay.connectivity.transport.signing.Parameters;

/**
 * Version 4 of the signatures of AWS, {@code aws4-hmac-sha256}.
 *
 * <p>Signed are {@code host}, the headers of AWS that go along, and what {@code canonicalHeaders}
 * names of those that the request has.
 */
public final class Aws4Signing implements RequestSigning {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String OF_AWS = "x-amz-";
    private static final String DATE = "x-amz-date";
    private static final String CONTENT_HASH = "x-amz-content-sha256";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = 8;

    /** What of the payload a request tells, besides what its signature holds. */
    private enum ContentHash {
        /** Its hash is signed, but not sent. */
        EXCLUDED,
        /** Its hash is signed and sent, as S3 wants it. */
        INCLUDED,
        /** That it is not signed is signed and sent. */
        UNSIGNED
    }

    @Override
    public Signer signer(JsonNode parameters) {
        Parameters read = new Parameters("aws4-hmac-sha256", parameters);
        return new Account(
                read.text("region"),
                read.text("service"),
                read.text("accessKey"),
                read.text("secretKey").getBytes(StandardCharsets.UTF_8),
                read.flagOr("doubleEncode", true),
                read.texts("canonicalHeaders"),
                contentHash(read));
    }

    private static ContentHash contentHash(Parameters parameters) {
        String name = parameters.textOr("xAmzContentSha256", "EXCLUDED");
        for (ContentHash one : ContentHash.values()) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        throw parameters.wrong("xAmzContentSha256", "it is EXCLUDED, INCLUDED or UNSIGNED");
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Account(
            String region,
            String service,
            String accessKey,
            byte[] secretKey,
            boolean doubleEncode,
            List<String> canonicalHeaders,
            ContentHash contentHash)
            implements Signer {

        @Override
        public Map<String, String> sign(UnsignedRequest request, Instant now) {
            String time = TIME.format(now);
            String hash = contentHash == ContentHash.UNSIGNED ? UNSIGNED : sha256(request.body());
            Map<String, String> added = new LinkedHashMap<>();
            added.put(DATE, time);
            if (contentHash != ContentHash.EXCLUDED) {
                added.put(CONTENT_HASH, hash);
            }
            Map<String, String> signed = signedHeaders(request, added);
            String names = String.join(";", signed.keySet());
            String scope = time.substring(0, DAY_LENGTH) + "/" + region + "/" + service;
            String signature = signature(time, scope, canonical(request, signed, names, hash));
            added.put(
                    "Authorization",
                    ALGORITHM
                            + " Credential="
                            + accessKey
                            + "/"
                            + scope
                            + "/aws4_request, SignedHeaders="
                            + names
                            + ", Signature="
                            + signature);
            return added;
        }

        private Map<String, String> signedHeaders(
                UnsignedRequest request, Map<String, String> added) {
            Map<String, String> signed = new TreeMap<>(added);
            signed.put("host", request.host());
            request.headers()
                    .forEach((name, value) -> {
                        String lower = name.toLowerCase(Locale.ROOT);
                        if (lower.startsWith(OF_AWS)) {
                            signed.putIfAbsent(lower, value);
                        }
                    });
            for (String name : canonicalHeaders) {
                String value = request.headers().get(name);
                if (value != null) {
                    signed.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), value);
                }
            }
            return signed;
        }

        private String canonical(
                UnsignedRequest request, Map<String, String> signed, String names, String hash) {
            StringBuilder text = new StringBuilder(request.method()).append('\n');
            text.append(CanonicalUri.path(request.path(), doubleEncode)).append('\n');
            text.append(CanonicalUri.query(request.query())).append('\n');
            signed.forEach((name, value) ->
                    text.append(name)
                            .append(':')
                            .append(value.strip().replaceAll(" +", " "))
                            .append('\n'));
            return text.append('\n').append(names).append('\n').append(hash).toString();
        }

        private String signature(String time, String scope, String canonical) {
            byte[] first = "AWS4".getBytes(StandardCharsets.UTF_8);
            byte[] key = new byte[first.length + secretKey.length];
            System.arraycopy(first, 0, key, 0, first.length);
            System.arraycopy(secretKey, 0, key, first.length, secretKey.length);
            for (String part : (scope + "/aws4_request").split("/", -1)) {
                key = HmacSha256.of(key, part);
            }
            String text =
                    String.join(
                            "\n",
                            ALGORITHM,
                            time,
                            scope + "/aws4_request",
                            sha256(canonical.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(HmacSha256.of(key, text));
        }

        private static String sha256(byte[] bytes) {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This JVM has no SHA-256.", e);
            }
        }

        @Override
        public String toString() {
            return "Account[region=" + region + ", service=" + service + "]";
        }
    }
}
