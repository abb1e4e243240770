package org.patchbay.connectivity.transport.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed hash that all signatures are made with. */
public final class HmacSha256 {

    private static final String NAME = "HmacSHA256";

    private HmacSha256() {}

    /**
     * The hash of a text in UTF-8.
     *
     * @param key not empty
     */
    public static byte[] of(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(new SecretKeySpec(key, NAME));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + NAME + ".", e);
        }
    }
}
