package org.patchbay.gateway.authentication.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** A password as it was configured: in the clear or as a hash. Shows nothing of itself. */
public sealed interface Password {

    /** Whether this is the password; takes equally long wherever a wrong one differs. */
    boolean matches(String candidate);

    /**
     * Whether {@link #matches} takes so long that it must not run on a thread that serves others.
     */
    boolean isSlow();

    /** How much work {@link #matches} is, to be compared with other passwords'. */
    int cost();

    static Password of(String configured) {
        return Hashed.BCRYPT.matcher(configured).matches()
                ? new Hashed(configured)
                : new Plain(digest(configured));
    }

    /** Kept as a digest, so that comparing takes equally long for passwords of any length. */
    record Plain(byte[] digest) implements Password {
        @Override
        public boolean matches(String candidate) {
            return MessageDigest.isEqual(digest, Password.digest(candidate));
        }

        @Override
        public boolean isSlow() {
            return false;
        }

        @Override
        public int cost() {
            return 0;
        }

        @Override
        public String toString() {
            return "Password";
        }
    }

    /** A bcrypt hash, such as {@code htpasswd -B} writes. */
    record Hashed(String hash) implements Password {
        private static final Pattern BCRYPT =
                Pattern.compile("\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}");

        /**
         * Reads every version; looks at no more bytes of a long password than whoever hashed it.
         */
        private static final BCrypt.Verifyer VERIFYER =
                BCrypt.verifyer(
                        BCrypt.Version.VERSION_2A,
                        LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A));

        @Override
        public boolean matches(String candidate) {
            return VERIFYER.verify(
                            candidate.getBytes(StandardCharsets.UTF_8),
                            hash.getBytes(StandardCharsets.US_ASCII))
                    .verified;
        }

        @Override
        public boolean isSlow() {
            return true;
        }

        /** The two digits after the version. */
        @Override
        public int cost() {
            return Integer.parseInt(hash.substring(4, 6));
        }

        @Override
        public String toString() {
            return "Password";
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
