package org.patchbay.connectivity.transport.hono;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.credentials.Pem;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.hono.HonoSettings;
import org.patchbay.protocol.ProblemException;

/** Reads where Hono is from the section {@code ditto.connectivity.hono}. */
public final class HonoConfig {

    private static final String SECTION = "ditto.connectivity.hono.";

    private HonoConfig() {}

    /**
     * @throws ConfigException that names the key and what is allowed
     */
    public static HonoSettings of(Config config) {
        try {
            return new HonoSettings(
                    uri(config.getString(SECTION + "base-uri")),
                    textOrNull(config, "username"),
                    new Secret(config.getString(SECTION + "password")),
                    config.getString(SECTION + "sasl-mechanism").toLowerCase(Locale.ROOT),
                    config.getString(SECTION + "bootstrap-servers"),
                    config.getBoolean(SECTION + "validate-certificates"),
                    ca(textOrNull(config, "ca")));
        } catch (IllegalArgumentException e) {
            throw new ConfigException.Generic(SECTION + e.getMessage(), e);
        }
    }

    private static ConnectionUri uri(String text) {
        try {
            return ConnectionUri.parse(text);
        } catch (ProblemException e) {
            throw new ConfigException.BadValue(
                    SECTION + "base-uri", "must be scheme://HOST:PORT, such as ssl://hono:9093");
        }
    }

    private static @Nullable String ca(@Nullable String pem) {
        try {
            if (pem != null) {
                Pem.certificates(pem);
            }
            return pem;
        } catch (ProblemException e) {
            throw new ConfigException.BadValue(SECTION + "ca", "must be certificates as PEM");
        }
    }

    private static @Nullable String textOrNull(Config config, String key) {
        String text = config.getString(SECTION + key);
        return text.isBlank() ? null : text;
    }
}
