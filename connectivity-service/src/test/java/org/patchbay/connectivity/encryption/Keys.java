package org.patchbay.connectivity.encryption;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Keys and settings of tests. */
final class Keys {

    static final String ONE = key(1);
    static final String TWO = key(2);
    static final String THREE = key(3);

    private Keys() {}

    static ConnectionEncryption writing(String key) {
        return new ConnectionEncryption(settings(true, key, null));
    }

    static ConnectionEncryption writing(String key, String oldKey) {
        return new ConnectionEncryption(settings(true, key, oldKey));
    }

    static ConnectionEncryption off() {
        return new ConnectionEncryption(settings(false, null, null));
    }

    static ConnectionEncryption offReading(String oldKey) {
        return new ConnectionEncryption(settings(false, null, oldKey));
    }

    static EncryptionSettings settings(
            boolean enabled, @Nullable String key, @Nullable String oldKey) {
        return EncryptionSettings.of(config(enabled, key, oldKey));
    }

    static Config config(boolean enabled, @Nullable String key, @Nullable String oldKey) {
        return config(
                "encryption-enabled = %s, symmetrical-key = \"%s\", old-symmetrical-key = \"%s\""
                        .formatted(enabled, key == null ? "" : key, oldKey == null ? "" : oldKey));
    }

    /** Lines of the section over its defaults. */
    static Config config(String section) {
        return ConfigFactory.parseString(
                        "ditto.connectivity.connection.encryption { " + section + " }")
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve();
    }

    private static String key(int of) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) of);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
