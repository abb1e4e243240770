package org.patchbay.connectivity.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of AES-256. Shown is its id alone, by which an operator tells one key from another. */
final class EncryptionKey {

    private static final int BYTES = 32;
    private static final int ID_BYTES = 4;

    private final SecretKey key;
    private final String id;

    private EncryptionKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, "AES");
        id = HexFormat.of().formatHex(digest(bytes), 0, ID_BYTES);
    }

    /**
     * Reads 32 bytes of base64, of the standard or the URL-safe alphabet, with padding or without.
     *
     * @throws IllegalArgumentException that says what is wrong and nothing of the text
     */
    static EncryptionKey parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException e) {
            // The decoder's message shows a character of the key, so it is no cause either.
            throw new IllegalArgumentException("the one given is not base64");
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("the one given has " + bytes.length + " bytes");
        }
        return new EncryptionKey(bytes);
    }

    SecretKey key() {
        return key;
    }

    /** Eight hexadecimal digits that say nothing about the key. */
    String id() {
        return id;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac.doFinal("patchbay key id".getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no HMAC", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptionKey that
                && Arrays.equals(key.getEncoded(), that.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
