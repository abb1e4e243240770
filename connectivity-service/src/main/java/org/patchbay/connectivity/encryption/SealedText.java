package org.patchbay.connectivity.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted text: {@code aes256gcm.<key id>.<base64url of nonce, ciphertext and tag>}. All its
 * characters may stand in the user info of a URI. The form is stored, so it never changes.
 *
 * @param bytes the nonce, then what AES-GCM made, the tag at its end
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record SealedText(String keyId, byte[] bytes) {

    static final String PREFIX = "aes256gcm.";

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int KEY_ID_LENGTH = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The text in its parts, or null where it is not of this form. */
    static @Nullable SealedText parse(String text) {
        int body = PREFIX.length() + KEY_ID_LENGTH + 1;
        if (!text.startsWith(PREFIX) || text.length() <= body || text.charAt(body - 1) != '.') {
            return null;
        }
        String keyId = text.substring(PREFIX.length(), body - 1);
        if (!keyId.chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(body));
            return bytes.length > NONCE_BYTES + TAG_BYTES ? new SealedText(keyId, bytes) : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    static boolean is(String text) {
        return text.startsWith(PREFIX) && parse(text) != null;
    }

    /**
     * Encrypts with a new nonce.
     *
     * @param place where the value stands; it opens nowhere else
     */
    static SealedText seal(String text, EncryptionKey key, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, place);
            byte[] encrypted = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, all, NONCE_BYTES, encrypted.length);
            return new SealedText(key.id(), all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM can't encrypt", e);
        }
    }

    /** The text inside, or null where none of the keys opens it at this place. */
    @Nullable String open(List<EncryptionKey> keys, String place) {
        for (EncryptionKey key : keys) {
            String opened = key.id().equals(keyId) ? open(key, place) : null;
            if (opened != null) {
                return opened;
            }
        }
        return null;
    }

    private @Nullable String open(EncryptionKey key, String place) {
        try {
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, place);
            byte[] opened = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(opened, StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM can't decrypt", e);
        }
    }

    private static Cipher cipher(int mode, EncryptionKey key, byte[] nonce, String place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return PREFIX + keyId + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
