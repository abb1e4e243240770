package org.patchbay.connectivity.model.credentials;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fingerprint of an SSH host key as {@code ssh-keygen -l} writes it: {@code SHA256:} and the
 * digest in base64, or {@code MD5:} and pairs of hexadecimal digits. Without the algorithm's name
 * it is told by the form.
 *
 * @param algorithm as {@code ssh-keygen} names it
 * @param digest as text, without padding; of MD5 in lower case
 */
public record Fingerprint(String algorithm, String digest) {

    private static final String MD5 = "MD5";
    private static final Map<String, String> DIGESTS =
            Map.of(
                    MD5, "MD5", "SHA1", "SHA-1", "SHA224", "SHA-224", "SHA256", "SHA-256", "SHA384",
                    "SHA-384", "SHA512", "SHA-512");

    private static final Pattern PAIRS = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){15}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    /** By the length of the digest in base64. */
    private static final Map<Integer, String> BY_LENGTH =
            Map.of(27, "SHA1", 38, "SHA224", 43, "SHA256", 64, "SHA384", 86, "SHA512");

    /** Empty where the text is no fingerprint. */
    public static Optional<Fingerprint> read(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        if (DIGESTS.containsKey(name)) {
            String digest = text.substring(colon + 1);
            return digest.isBlank() ? Optional.empty() : Optional.of(of(name, digest));
        }
        if (PAIRS.matcher(text).matches()) {
            return Optional.of(of(MD5, text));
        }
        return BASE64.matcher(text).matches()
                ? Optional.ofNullable(BY_LENGTH.get(unpadded(text).length()))
                        .map(algorithm -> of(algorithm, text))
                : Optional.empty();
    }

    /**
     * @param key as it travels in SSH
     */
    public static Fingerprint of(String algorithm, byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance(digestOf(algorithm)).digest(key);
            return of(
                    algorithm,
                    algorithm.equals(MD5)
                            ? HexFormat.ofDelimiter(":").formatHex(digest)
                            : Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Fingerprint of(String algorithm, String text) {
        return new Fingerprint(
                algorithm,
                algorithm.equals(MD5) ? text.toLowerCase(Locale.ROOT) : unpadded(text.strip()));
    }

    private static String digestOf(String algorithm) {
        String digest = DIGESTS.get(algorithm);
        if (digest == null) {
            throw new IllegalArgumentException("no algorithm of fingerprints: " + algorithm);
        }
        return digest;
    }

    private static String unpadded(String base64) {
        return base64.replace("=", "");
    }

    /**
     * Whether the key has this fingerprint.
     *
     * @param key as it travels in SSH
     */
    public boolean matches(byte[] key) {
        return equals(of(algorithm, key));
    }

    @Override
    public String toString() {
        return algorithm + ":" + digest;
    }
}
