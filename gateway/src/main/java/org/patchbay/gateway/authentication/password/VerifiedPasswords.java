package org.patchbay.gateway.authentication.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The passwords that were lately found right, so that a hash is not computed for every request.
 * Keeps a keyed digest, whose key dies with the process, and one entry a user.
 */
public final class VerifiedPasswords {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(byte[] digest, Instant until) {}

    public VerifiedPasswords(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    public boolean holds(String name, String password) {
        Entry entry = entries.get(name);
        return entry != null
                && clock.instant().isBefore(entry.until())
                && MessageDigest.isEqual(entry.digest(), digest(name, password));
    }

    public void remember(String name, String password) {
        entries.put(name, new Entry(digest(name, password), clock.instant().plus(lifetime)));
    }

    private byte[] digest(String name, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", e);
        }
    }
}
